// Nobody loses an hour's writing to a stray click: the browser asks before leaving with unsaved changes.

export function guard(form) {
  const plain = (value) => (value instanceof File ? `${value.name} ${value.size}` : value);
  const state = () => JSON.stringify([...new FormData(form)].filter(([name]) => name !== "csrf_token").map(([name, value]) => [name, plain(value)]));
  // A form that came back with an error, or from somebody else's change, holds what is nowhere else.
  const saved = document.querySelector(".errors, .conflict") ? null : state();
  let leaving = false;
  // Asked last of all: a submission that was held back leaves nothing.
  document.addEventListener("submit", (event) => {
    if (event.target === form && !event.defaultPrevented) leaving = true;
  });
  window.addEventListener("pageshow", () => {
    leaving = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && state() !== saved) event.preventDefault();
  });
}
