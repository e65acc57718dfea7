// Keys: Ctrl+Enter saves, N begins a new one, / goes to the search. Never while another field is being typed in.

// A closed dialog has the focus until the next frame: what is pressed then is meant for the page.
const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable], dialog[open], dialog[open] *";

export function keys(form) {
  document.querySelector("[data-keys]")?.removeAttribute("hidden");
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form?.contains(document.activeElement)) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[data-save]"));
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches(TYPING)) return;
    const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!target) return;
    event.preventDefault();
    if (target.matches(TYPING)) target.focus();
    else target.click();
  });
}
