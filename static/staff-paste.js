// What comes from Word or a web page becomes Markdown: words, headings, lists, links, emphasis, and nothing else.
// The clipboard is read as an inert document: nothing in it runs or is fetched.

import { inert } from "./staff-inert.js";

const HEADING = /^H[1-6]$/;
const BLOCK = /^(?:P|DIV|SECTION|ARTICLE|HEADER|FOOTER|MAIN|ASIDE|UL|OL|LI|BLOCKQUOTE|TABLE|THEAD|TBODY|TFOOT|CAPTION|TR|FIGURE|PRE|DL|DT|DD|H[1-6]|HR)$/;
const DROPPED = /^(?:STYLE|SCRIPT|META|LINK|TITLE|HEAD|NOSCRIPT|TEMPLATE|SVG|MATH|IFRAME|OBJECT|IMG|INPUT|BUTTON|SELECT|TEXTAREA)$/;
const DEEPEST = 60;
const LONGEST = 500_000;

export function markdownOf(markup) {
  const page = inert(markup.slice(0, 4 * LONGEST));
  return blocks(page.body, 0).join("\n\n").replace(/\n{3,}/g, "\n\n").trim().slice(0, LONGEST);
}

function blocks(parent, depth) {
  const made = [];
  let loose = "";
  const flush = () => {
    const text = tidy(loose);
    if (text) made.push(starts(text));
    loose = "";
  };
  for (const node of depth > DEEPEST ? [] : parent.childNodes) {
    if (node.nodeType === Node.ELEMENT_NODE && (BLOCK.test(node.tagName) || node.querySelector("p, ul, ol, div, h1, h2, h3"))) {
      flush();
      const text = block(node, depth + 1);
      if (text) join(made, text);
    } else loose += inline(node, depth + 1);
  }
  flush();
  return made;
}

// Word writes a list as paragraphs, one a point: they stand together again.
function join(made, text) {
  const point = /^(?:- |\d+\. )/;
  if (text.word && made.at(-1)?.word && point.test(made.at(-1))) made[made.length - 1] = Object.assign(new String(`${made.at(-1)}\n${text}`), { word: true });
  else made.push(text);
}

function block(node, depth) {
  if (DROPPED.test(node.tagName) || hidden(node)) return "";
  if (HEADING.test(node.tagName)) {
    const text = tidy(within(node, depth)).replace(/\n/g, " ").replace(/^\*\*(.*)\*\*$/, "$1");
    return text && `## ${text}`;
  }
  if (node.tagName === "HR") return "---";
  if (node.tagName === "UL" || node.tagName === "OL") return list(node, depth);
  if (node.tagName === "BLOCKQUOTE") return indent(blocks(node, depth).join("\n\n"), "> ", "> ");
  if (node.tagName === "TR") return tidy([...node.cells].map((cell) => tidy(within(cell, depth))).join(" · "));
  if (node.tagName === "P" && /mso-list:\s*l\d/i.test(node.getAttribute("style") ?? "")) return wordPoint(node, depth);
  return blocks(node, depth).join("\n\n");
}

function wordPoint(node, depth) {
  const copy = node.cloneNode(true);
  let sign = "-";
  for (const mark of copy.querySelectorAll('[style*="mso-list" i]')) {
    sign = /\d+[.)]/.exec(mark.textContent)?.[0].replace(")", ".") ?? sign;
    mark.remove();
  }
  return Object.assign(new String(`${sign} ${tidy(within(copy, depth)).replace(/^[·•o§-]\s+/, "")}`), { word: true });
}

function list(node, depth) {
  let number = 0;
  const points = [];
  for (const point of node.children) {
    const inner = blocks(point.tagName === "LI" ? point : { childNodes: [point] }, depth).join("\n");
    if (!inner) continue;
    const sign = node.tagName === "OL" ? `${++number}. ` : "- ";
    points.push(point.tagName === "LI" ? indent(inner, sign, " ".repeat(sign.length)) : indent(inner, "  ", "  "));
  }
  return points.join("\n");
}

function indent(text, first, rest) {
  return text.split("\n").map((line, n) => (n ? rest : first) + line).join("\n");
}

function within(node, depth) {
  return depth > DEEPEST ? node.textContent : [...node.childNodes].map((child) => inline(child, depth + 1)).join("");
}

function inline(node, depth) {
  if (node.nodeType === Node.TEXT_NODE) return plain(node.data);
  if (node.nodeType !== Node.ELEMENT_NODE || DROPPED.test(node.tagName.toUpperCase()) || hidden(node)) return "";
  if (node.tagName === "BR") return "\n";
  const text = within(node, depth);
  if (node.tagName === "A" && /^(?:https?|mailto):/i.test(node.getAttribute("href") ?? "")) {
    const address = encodeURI(decoded(node.getAttribute("href").trim())).replace(/[()]/g, (sign) => (sign === "(" ? "%28" : "%29"));
    return text.trim() ? `[${text.trim()}](${address})` : "";
  }
  if (heavy(node)) return around(text, "**");
  if (slanted(node)) return around(text, "*");
  return text;
}

function decoded(address) {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}

function around(text, mark) {
  const [, head, words, tail] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text);
  return words && !words.includes("\n") && !words.startsWith(mark) ? head + mark + words + mark + tail : text;
}

// A strict policy keeps styles from being read by the browser, here too: they are looked up in the attribute.
function style(node, name) {
  return new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([^;]*)`, "i").exec(node.getAttribute("style") ?? "")?.[1].trim().toLowerCase() ?? "";
}

// Google Docs wraps everything in <b style="font-weight:normal">.
function heavy(node) {
  const weight = style(node, "font-weight");
  if (weight) return weight === "bold" || Number(weight) >= 600;
  return node.tagName === "B" || node.tagName === "STRONG";
}

function slanted(node) {
  const slant = style(node, "font-style");
  return slant ? slant === "italic" : node.tagName === "I" || node.tagName === "EM";
}

function hidden(node) {
  return style(node, "display") === "none" || style(node, "mso-hide") === "all";
}

function plain(text) {
  return text.replace(/[ \t\r\n]+/g, " ").replace(/\u00ad|\u200b/g, "").replace(/([\\`*[\]]|_(?=\W)|(?<=\W)_|<(?=[a-z/!?]))/gi, "\\$1");
}

function tidy(text) {
  return text.replace(/ *\n */g, "\n").replace(/ {2,}/g, " ").trim();
}

// A paragraph that happens to begin like a list, a heading or a quotation is none.
function starts(text) {
  return text.replace(/^(#{1,6} |[-+>] )/gm, "\\$1").replace(/^(\d{1,9})([.)] )/gm, "$1\\$2");
}
