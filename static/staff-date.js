// Beside the date one can type, a button that opens the browser's own calendar and writes the day into the field, as
// the page's language writes days. A time that stands there stays.

const DAY = /^(?:(\d{4})-(\d\d)-(\d\d)|(\d\d)\/(\d\d)\/(\d{4}))/;

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
      day.value = isoOf(field.value.trim());
      day.showPicker();
    });
    day.addEventListener("change", () => {
      if (!day.value) return;
      const typed = field.value.trim();
      const chosen = written(day.value);
      field.value = DAY.test(typed) ? typed.replace(DAY, chosen) : chosen;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
    });
    field.before(row);
    row.append(field, button, day);
  }
}

function isoOf(typed) {
  const found = DAY.exec(typed);
  if (!found) return "";
  return found[1] ? `${found[1]}-${found[2]}-${found[3]}` : `${found[6]}-${found[5]}-${found[4]}`;
}

function written(iso) {
  return document.documentElement.lang === "fr" ? iso.split("-").reverse().join("/") : iso;
}
