// The list by keyboard: j and k move, x ticks, e opens, ? tells. What is ticked is counted; nothing ticked, nothing to do.

// A closed dialog has the focus until the next frame: what is pressed then is meant for the page.
const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable], dialog[open], dialog[open] *";

export function list(form) {
  const rows = [...form.querySelectorAll("[data-row]")];
  const titles = rows.map((row) => row.querySelector(".row__title"));
  const boxes = rows.map((row) => row.querySelector("input[type=checkbox]"));
  const told = form.querySelector("[data-ticked]");
  const buttons = form.querySelectorAll("[name=action]");
  const at = () => rows.findIndex((row) => row.contains(document.activeElement));

  const tell = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    told.hidden = !ticked;
    told.textContent = ticked > 1 ? told.dataset.many.replace("{n}", ticked) : ticked ? told.dataset.one : "";
    for (const button of buttons) button.disabled = !ticked;
  };
  const move = (by) => {
    const next = at() < 0 ? 0 : Math.min(Math.max(at() + by, 0), rows.length - 1);
    titles[next].focus();
    rows[next].scrollIntoView({ block: "nearest" });
  };
  const tick = () => {
    if (at() < 0) return;
    boxes[at()].checked = !boxes[at()].checked;
    tell();
  };
  const acts = { j: () => move(1), k: () => move(-1), x: tick, e: () => at() >= 0 && titles[at()].click() };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches(TYPING)) return;
    if (event.key === "Enter" && event.target.matches("[data-row] input")) titles[at()].click();
    else if (acts[event.key]) acts[event.key]();
    else return;
    event.preventDefault();
  });
  form.addEventListener("change", tell);
  form.addEventListener("click", () => setTimeout(tell));
  window.addEventListener("pageshow", tell);
  tell();
}

export function help() {
  const dialog = document.querySelector("[data-help-here]");
  document.querySelector("[data-help]")?.addEventListener("click", () => dialog.showModal());
}
