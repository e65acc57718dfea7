// Copy buttons: shown only where this module runs, so that without it nothing promises what it cannot do.

const SHOWN_FOR = 2000;

async function copy(button, field, said) {
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    // Without permission or a secure context the text stays selected, ready for the keyboard.
    return;
  }
  const before = button.textContent;
  button.textContent = button.dataset.done;
  said.textContent = button.dataset.done;
  setTimeout(() => {
    button.textContent = before;
    said.textContent = "";
  }, SHOWN_FOR);
}

function prepare(part) {
  for (const button of part.querySelectorAll("button[data-copy]")) {
    const field = document.getElementById(button.dataset.copy);
    const said = document.createElement("span");
    said.className = "hidden-text";
    said.setAttribute("role", "status");
    button.after(said);
    button.hidden = false;
    button.addEventListener("click", () => copy(button, field, said));
    field.addEventListener("focus", () => field.select());
  }
}

prepare(document);
// A part of the page was put in afresh by another script.
document.addEventListener("fresh", (event) => prepare(event.target));
