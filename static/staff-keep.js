// Nothing typed is lost: it is kept on the server as one types, in this browser while the server cannot be asked, and
// offered again. A session that ended while typing is renewed in another tab, and the form goes on.

const PAUSE = 2000;
const RETRY = 15_000;
const SENT = "depeche:sent";
const OURS = new Set(["csrf_token", "version", "was", "of", "token", "significant_asked"]);

export function keeping(form) {
  const said = form.querySelector("[data-keep-said]");
  const expired = form.querySelector("[data-expired]");
  const key = `depeche:${form.dataset.about}`;
  let last = state(form);
  let timer = 0;
  let out = false;
  let sending = false;
  let lost = false;
  let reached = false;

  const send = () => {
    const typed = new FormData(form);
    for (const [name, value] of [...typed]) if (value instanceof File) typed.delete(name);
    return fetch(form.dataset.keep, { method: "POST", body: typed });
  };

  const keep = async () => {
    const now = state(form);
    // Leaving the page hides it: what is being saved at that moment is not also kept as unsaved.
    if (sending || now === last) return;
    try {
      let answer = await send();
      if (answer.status === 400 && (await renew())) answer = await send();
      if (answer.status === 401) return hold(now, true);
      if (!answer.ok) return hold(now, false);
      lost = false;
      said.textContent = (await answer.json()).said;
      last = now;
      forget(key);
    } catch {
      lost = true;
      hold(now, false);
    }
  };

  const hold = (now, ended) => {
    remember(key, now);
    out = ended;
    expired.hidden = !ended;
    said.textContent = ended ? "" : said.dataset.offline;
    clearTimeout(timer);
    if (!ended) timer = setTimeout(keep, RETRY);
  };

  // Somebody signed in again, in another tab: the form takes the new session's token.
  const renew = async () => {
    try {
      const answer = await fetch(form.dataset.token, { redirect: "manual" });
      if (!answer.ok) return false;
      const { csrf_token: token } = await answer.json();
      for (const field of document.querySelectorAll("[name=csrf_token]")) field.value = token;
      return true;
    } catch {
      return false;
    }
  };

  const back = async () => {
    if (document.hidden || !out || !(await renew())) return;
    out = false;
    expired.hidden = true;
    said.textContent = said.dataset.again;
    keep();
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  });
  window.addEventListener("online", keep);
  window.addEventListener("focus", back);
  document.addEventListener("visibilitychange", () => (document.hidden ? keep() : back()));

  // Sent into the void, the form would give way to the browser's page of an error, and its picture would be lost.
  const reach = async (button) => {
    try {
      await fetch(form.dataset.token, { redirect: "manual" });
    } catch {
      return hold(state(form), false);
    }
    lost = false;
    reached = true;
    form.requestSubmit(button);
  };

  form.addEventListener("submit", (event) => {
    const away = (lost || !navigator.onLine) && !reached;
    reached = false;
    if (sending || out || away) event.preventDefault();
    if (out) return expired.focus();
    if (sending) return;
    if (away) return reach(event.submitter);
    clearTimeout(timer);
    sending = true;
    remember(key, state(form));
    sessionStorage.setItem(SENT, key);
  });
  window.addEventListener("pageshow", () => {
    sending = false;
  });

  // What was sent and is saved needs no copy here.
  const sent = sessionStorage.getItem(SENT);
  if (sent && document.querySelector(".flashes .notice--good")) forget(sent);
  sessionStorage.removeItem(SENT);
  offer(form, key);
}

function state(form) {
  const typed = [...new FormData(form)].filter(([name, value]) => !OURS.has(name) && !(value instanceof File));
  return JSON.stringify(typed);
}

function offer(form, key) {
  const place = document.querySelector("[data-local]");
  const held = localStorage.getItem(key);
  if (!held || held === state(form) || document.querySelector(".errors, .conflict")) return;
  place.hidden = false;
  place.querySelector("[data-local-take]").addEventListener("click", () => {
    fill(form, JSON.parse(held));
    place.hidden = true;
  });
  place.querySelector("[data-local-drop]").addEventListener("click", () => {
    forget(key);
    place.hidden = true;
  });
}

function fill(form, typed) {
  for (const box of form.querySelectorAll("[name=categories], [name=significant]"))
    box.checked = typed.some(([name, value]) => name === box.name && value === box.value);
  for (const [name, value] of typed) {
    const field = form.elements[name];
    if (field && name !== "categories" && field.type !== "file" && field.type !== "checkbox") field.value = value;
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
  form.elements.title.focus();
}

function remember(key, text) {
  try {
    localStorage.setItem(key, text);
  } catch {
    // The browser keeps nothing for us: the page itself still holds what was typed.
  }
}

function forget(key) {
  localStorage.removeItem(key);
}
