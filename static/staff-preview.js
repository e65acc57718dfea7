// The item beside the form in its four shapes, made by the server from what is typed: the same cut, the same date, the
// same words as in public. Where its links lead is looked up more seldom, and never holds anything up.

import { inert } from "./staff-inert.js";

const PAUSE = 350;
const LONG_PAUSE = 2500;

export function preview(form) {
  const place = document.querySelector("[data-preview-here]");
  const links = document.querySelector("[data-links-here]");
  const button = form.querySelector("[data-save]");
  const turns = new Map();

  const label = () => {
    const said = place.firstElementChild?.dataset.label;
    if (said) button.textContent = said;
  };

  const ask = async (address, put) => {
    const turn = (turns.get(address) ?? 0) + 1;
    turns.set(address, turn);
    try {
      const typed = new FormData(form);
      for (const [name, value] of [...typed]) if (value instanceof File) typed.delete(name);
      const answer = await fetch(address, { method: "POST", body: typed });
      if (!answer.ok || turn !== turns.get(address)) return;
      put(inert(await answer.text()).body.childNodes);
    } catch {
      // Offline for a moment: the preview waits, the form does not.
    }
  };

  const look = () => ask(form.dataset.preview, (made) => {
    place.replaceChildren(...made);
    label();
  });
  const follow = () => {
    const found = /https?:/.test(`${form.elements.link.value} ${form.elements.body.value}`);
    if (found) ask(form.dataset.links, (made) => links.replaceChildren(...made));
    else links.replaceChildren();
  };

  let soon = 0;
  let later = 0;
  const typed = () => {
    clearTimeout(soon);
    clearTimeout(later);
    soon = setTimeout(look, PAUSE);
    later = setTimeout(follow, LONG_PAUSE);
  };
  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  // A link of the preview is looked at in a tab of its own: the form stays.
  place.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || link.hash) return;
    event.preventDefault();
    window.open(link.href, "_blank", "noopener");
  });
  label();
  follow();
}
