// How long a title is, under its field. Said aloud only when typing pauses.

export function count(field) {
  const shown = document.createElement("span");
  shown.className = "field__count";
  const hint = document.getElementById(`${field.name}-hint`);
  hint?.append(" ", shown);
  const tell = () => {
    const length = [...field.value.trim()].length;
    shown.textContent = length ? field.dataset.count.replace("{n}", length) : "";
  };
  field.addEventListener("input", tell);
  // A title is one line: Enter does not break it.
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) event.preventDefault();
  });
  tell();
}
