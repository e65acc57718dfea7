// The builder without pressing a button: what is chosen is shown as soon as it is chosen. The server makes the page, as
// it does without this script; only the part that shows the result is put in place of the one that is there.

const builder = document.querySelector("[data-builder]");
const form = builder.querySelector("form");
const feed = form.elements.feed;
let asking;

// A named feed stands alone: what is ticked beside it would not count.
function stand() {
  if (feed) form.querySelector("[data-categories]").disabled = feed.value !== "";
}

async function show() {
  asking?.abort();
  asking = new AbortController();
  const asked = new URLSearchParams(new FormData(form));
  const open = builder.querySelector("details[name=sample][open] textarea")?.id;
  try {
    const answer = await fetch(`${form.action}?${asked}`, { signal: asking.signal });
    const made = new DOMParser().parseFromString(await answer.text(), "text/html");
    const result = made.querySelector("[data-result]");
    if (!result) return form.submit();
    for (const kind of [".notice--bad", ".notice--warn"]) say(made.querySelector(`form ${kind}`), kind);
    if (!answer.ok) return;
    if (open) for (const each of result.querySelectorAll("details[name=sample]")) each.open = !!each.querySelector(`#${open}`);
    builder.querySelector("[data-result]").replaceWith(result);
    result.dispatchEvent(new CustomEvent("fresh", { bubbles: true }));
    history.replaceState(null, "", answer.url);
  } catch (error) {
    if (error.name !== "AbortError") builder.querySelector("[data-submit]").hidden = false;
  }
}

function say(notice, kind) {
  form.querySelector(kind)?.remove();
  if (notice) form.querySelector("[data-submit]").before(notice);
}

let soon;
form.addEventListener("input", (event) => {
  if (event.target.type === "color") form.querySelector(`[name=own][value=${event.target.name}]`).checked = true;
  stand();
  clearTimeout(soon);
  soon = setTimeout(() => form.checkValidity() && show(), 250);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  show();
});
builder.querySelector("[data-submit]").hidden = true;
stand();
