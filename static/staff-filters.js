// A filter chosen with the mouse acts at once; with the keyboard each arrow would choose, and the button acts. The
// tick-all button appears where there is something to tick.

export function filters() {
  const form = document.querySelector("form[data-filters]");
  let keys = false;
  form?.addEventListener("keydown", () => {
    keys = true;
  });
  form?.addEventListener("pointerdown", () => {
    keys = false;
  });
  form?.addEventListener("change", (event) => {
    if (event.target instanceof HTMLSelectElement && !keys) form.requestSubmit();
  });
  form?.addEventListener("submit", () => {
    for (const field of form.elements) if (field.name && !field.value) field.disabled = true;
  });
  // Back from the list the fields are as they were, and usable.
  window.addEventListener("pageshow", () => {
    for (const field of form?.elements ?? []) field.disabled = false;
  });
  for (const button of document.querySelectorAll("button[data-tick-all]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const boxes = [...button.form.querySelectorAll(`input[name="${button.dataset.tickAll}"]`)];
      const all = boxes.every((box) => box.checked);
      for (const box of boxes) box.checked = !all;
    });
  }
}
