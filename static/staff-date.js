// Beside the date one can type, a button that opens the browser's own calendar and writes the day into the field.

const DAY = /^\d{4}-\d\d-\d\d/;

export function dates() {
  for (const field of document.querySelectorAll("input[data-calendar]")) {
    const row = document.createElement("div");
    row.className = "calendar";
    const day = document.createElement("input");
    day.type = "date";
    day.tabIndex = -1;
    day.setAttribute("aria-hidden", "true");
    if (!day.showPicker) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = field.dataset.calendar;
    button.addEventListener("click", () => {
      day.value = DAY.exec(field.value.trim())?.[0] ?? "";
      day.showPicker();
    });
    day.addEventListener("change", () => {
      if (!day.value) return;
      const typed = field.value.trim();
      field.value = DAY.test(typed) ? typed.replace(DAY, day.value) : day.value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
    });
    field.before(row);
    row.append(field, button, day);
  }
}
