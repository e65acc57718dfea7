// <depeche-news selection="doctorat" limit="5" lang="fr" layout="cards" heading="3"></depeche-news>
//
// The latest news of a newsroom, on anybody's page. What stands between the tags is shown until there is news, and for
// as long as there is none: without this script, without our server, without a network. Nothing is kept on the reader's
// machine but what the browser's own cache keeps, and nothing is told to us but the address of the news.
//
// The server takes out lines that are nothing but a comment, and puts element.css in the place of its name.

const BASE = import.meta.url.replace(/\/embed(\/\w+)?\.js.*$/, "");
const FRAMES = BASE + "/embed/";
const ORIGIN = new URL(BASE).origin;
// Seconds: between two looks at least, at most, and until an answer that does not come is given up.
const LEAST = 300, MOST = 86400, PATIENCE = 20;
const sheet = new CSSStyleSheet();
sheet.replaceSync("/* style */");

const make = (tag, part, attributes, ...inside) => {
  const made = document.createElement(tag);
  if (part) made.className = made.part = part;
  for (const [name, value] of Object.entries(attributes)) if (value != null) made.setAttribute(name, value);
  made.append(...inside);
  return made;
};

// Whoever reaches our data could write any address there: only those of the web are followed.
const web = (address) => {
  const { href, protocol } = new URL(address, BASE + "/");
  return /^https?:$/.test(protocol) ? href : BASE + "/";
};

class DepecheNews extends HTMLElement {
  static observedAttributes = ["selection", "lang", "limit", "layout", "heading", "ink", "paper", "accent", "partner"];

  constructor() {
    super();
    this.inside = document.createElement("slot");
    this.attachShadow({ mode: "open" }).append(this.inside);
    this.shadowRoot.adoptedStyleSheets = [sheet];
  }

  connectedCallback() {
    document.addEventListener("visibilitychange", this);
    this.look();
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this);
    clearTimeout(this.timer);
    if (this.due !== Infinity) return;
    this.asking.abort();
    this.asking = this.asked = null;
  }

  // A framework sets one attribute after another: they are looked at once, together.
  attributeChangedCallback() {
    this.changed ??= Promise.resolve().then(() => {
      this.changed = null;
      if (this.data) this.show(this.data);
      this.look();
    });
  }

  handleEvent() {
    this.look();
  }

  get source() {
    const of = (name) => this.getAttribute(name) || "";
    const selection = encodeURI(of("selection") || "all").replace(/[?#/]/g, encodeURIComponent);
    const [lang] = /^(fr|en)(-else-(fr|en))?/.exec(of("lang").toLowerCase()) || [];
    const partner = /^\w+$/.test(of("partner")) ? "&p=" + of("partner") : "";
    const tongue = lang && !selection.includes(".") ? "." + lang : "";
    return FRAMES + selection + tongue + ".json?limit=" + this.most + partner;
  }

  // Not by an attribute's name: frameworks set what has one as a property.
  get most() {
    return Math.min(20, Math.max(1, parseInt(this.getAttribute("limit")) || 5));
  }

  // Only while somebody can see it; the browser's cache asks with the validators it has.
  async look() {
    if (!this.isConnected || document.hidden) return;
    const { source } = this, now = Date.now();
    if (source !== this.asked) {
      this.asking?.abort();
      Object.assign(this, { asked: source, due: 0, failures: 0, text: "" });
    }
    if (now >= this.due) {
      const asking = (this.asking = new AbortController());
      this.due = Infinity;
      const patience = setTimeout(() => asking.abort(), PATIENCE * 1e3);
      const [news] = source.split("?");
      let wait;
      try {
        // A second look is at what the server says now, not at what the browser may still give out meanwhile.
        const cache = this.text ? "no-cache" : "default", { signal } = asking;
        const answer = await fetch(source, { cache, credentials: "omit", referrerPolicy: "no-referrer", signal });
        if (!answer.ok) throw (await answer.json()).detail;
        const text = await answer.text();
        if (asking !== this.asking) return;
        if (text !== this.text) this.show(JSON.parse(text));
        Object.assign(this, { text, news, failures: 0 });
        wait = /max-age=(\d+)/.exec(answer.headers.get("Cache-Control"))?.[1];
      } catch (reason) {
        if (asking !== this.asking) return;
        // For whoever keeps the page: its visitors go on seeing what they saw.
        console.warn("depeche-news:", source, reason);
        // But news of another selection would stand under a heading that is not theirs.
        if (this.news !== news) {
          this.shadowRoot.replaceChildren(this.inside);
          this.data = this.news = null;
        }
        wait = LEAST * 2 ** this.failures++;
      } finally {
        clearTimeout(patience);
      }
      // Not all readers at the same moment.
      this.due = Date.now() + Math.min(MOST, Math.max(LEAST, wait || 0)) * (1e3 + Math.random() * 100);
    }
    clearTimeout(this.timer);
    if (this.due < Infinity) this.timer = setTimeout(() => this.look(), this.due - Date.now());
  }

  // The new block is whole before the old one leaves; the keyboard stays where it was.
  show(data) {
    const layout = /^(cards|headlines)$/.exec(this.getAttribute("layout"))?.[0] || "list";
    const level = /^[2-6]$/.exec(this.getAttribute("heading"))?.[0] || 3;
    const { more, language } = data;
    // Files, and what came for a larger number, may hold more.
    const items = data.items.slice(0, this.most);
    const block = make("section", "block " + layout, { lang: language, dir: "ltr", "aria-label": data.label },
      items.length ? make("ul", "list", { role: "list" }, ...items.map((item) => {
        const lang = item.language === language ? null : item.language, dir = lang && "auto";
        const { image } = item;
        const inside = [
          make("h" + level, "title", { lang, dir }, make("a", "link", { href: web(item.url), hreflang: lang }, item.title)),
          make("p", "meta", {}, item.categories.join(", ") + (item.categories.length ? " — " : ""),
            make("time", "date", { datetime: item.datetime }, item.date)),
        ];
        if (item.excerpt && layout !== "headlines") inside.push(make("p", "excerpt", { lang, dir }, item.excerpt));
        if (image && layout === "cards") {
          const { alt, width, height } = image;
          inside.unshift(make("img", "image", { loading: "lazy", alt, width, height, src: web(image.url) }));
        }
        return make("li", "item", {}, ...inside);
      })) : make("p", "empty", {}, data.empty),
      make("p", "more", {}, make("a", "link", { href: web(more.url), "aria-label": more.label }, more.text)));
    for (const name of ["ink", "paper", "accent"]) {
      const colour = this.getAttribute(name);
      if (colour) block.style.setProperty("--_" + name, colour);
    }
    const here = this.shadowRoot.activeElement?.href;
    this.shadowRoot.replaceChildren(block);
    if (here) [...block.querySelectorAll("a")].find((link) => link.href === here)?.focus({ preventScroll: true });
    this.data = data;
  }
}

if (!customElements.get("depeche-news")) customElements.define("depeche-news", DepecheNews);

// Frames of ours grow with what they hold. One in a sandbox says it comes from nowhere: it is known by its window.
const frames = () => [...document.querySelectorAll("iframe")].filter((frame) => frame.src.startsWith(FRAMES));
addEventListener("message", ({ data, origin, source }) => {
  if (data?.message !== "height" || !(data.value > 0) || (origin !== ORIGIN && origin !== "null")) return;
  const frame = frames().find((frame) => frame.contentWindow === source);
  if (frame) frame.style.height = Math.min(data.value, 9999) + "px";
});
for (const frame of frames()) frame.contentWindow?.postMessage({ message: "height?" }, "*");
