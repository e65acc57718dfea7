// The block beside the form, made by the server from what is typed: the same cut, the same date, the same words.

const PAUSE = 350;

export function preview(form) {
  const place = document.querySelector("[data-preview-here]");
  const button = form.querySelector("[data-save]");
  let timer = 0;
  let newest = 0;

  const label = () => {
    const said = place.firstElementChild?.dataset.label;
    if (said) button.textContent = said;
  };

  const look = async () => {
    const turn = ++newest;
    try {
      const typed = new FormData(form);
      for (const [name, value] of [...typed]) if (value instanceof File) typed.delete(name);
      const answer = await fetch(form.dataset.preview, { method: "POST", body: typed });
      if (!answer.ok || turn !== newest) return;
      const made = new DOMParser().parseFromString(await answer.text(), "text/html");
      const open = place.querySelector("details")?.open;
      place.replaceChildren(...made.body.childNodes);
      const details = place.querySelector("details");
      if (details && open !== undefined) details.open = open;
      label();
    } catch {
      // Offline for a moment: the preview waits, the form does not.
    }
  };

  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  label();
}
