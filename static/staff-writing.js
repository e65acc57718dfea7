// The body's toolbar and keys: they write Markdown into the textarea, by way of its own undo.

import { markdownOf } from "./staff-paste.js";

const AROUND = { bold: "**", italic: "*" };
const LINES = { heading: "## ", quote: "> ", list: "- " };
const KEYS = { b: "bold", i: "italic", k: "link" };

export function writing(form) {
  const field = form.querySelector("[data-writing]");
  const bar = form.querySelector("[data-toolbar]");
  if (!field || !bar) return;
  bar.hidden = false;
  const buttons = [...bar.querySelectorAll("button")];
  for (const [n, button] of buttons.entries()) {
    button.tabIndex = n ? -1 : 0;
    button.addEventListener("click", () => act(field, button.dataset.do));
  }
  // One stop of the Tab key; arrows go from button to button (ARIA toolbar pattern).
  bar.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(event.target);
    const step = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (at < 0 || step === undefined) return;
    event.preventDefault();
    const next = buttons[(step + buttons.length) % buttons.length];
    for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
    next.focus();
  });
  field.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const doing = KEYS[event.key.toLowerCase()];
    if (!doing) return;
    event.preventDefault();
    act(field, doing);
  });
  field.addEventListener("paste", (event) => paste(event, field));
}

function act(field, doing) {
  field.focus();
  if (AROUND[doing]) around(field, AROUND[doing]);
  else if (doing === "link") link(field);
  else lines(field, doing);
}

// Replaces what is selected and leaves `from` to `to` of the new text selected.
function write(field, text, from = text.length, to = from) {
  const start = field.selectionStart;
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  field.setSelectionRange(start + from, start + to);
}

function chosen(field) {
  return field.value.slice(field.selectionStart, field.selectionEnd);
}

function around(field, mark) {
  const text = chosen(field);
  const before = field.value.slice(field.selectionStart - mark.length, field.selectionStart);
  const after = field.value.slice(field.selectionEnd, field.selectionEnd + mark.length);
  if (before === mark && after === mark) {
    field.setSelectionRange(field.selectionStart - mark.length, field.selectionEnd + mark.length);
    return write(field, text, 0, text.length);
  }
  // A blank inside a mark would make it a star: blanks stay outside.
  const [, head, words, tail] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text);
  write(field, head + mark + words + mark + tail, head.length + mark.length, head.length + mark.length + words.length);
}

function link(field) {
  const text = chosen(field).trim();
  if (/^https?:\/\/\S+$/.test(text)) return write(field, `[](${text})`, 1);
  write(field, `[${text}](https://)`, text.length + 3, text.length + 11);
}

function lines(field, doing) {
  const start = field.value.lastIndexOf("\n", field.selectionStart - 1) + 1;
  const stop = field.value.indexOf("\n", field.selectionEnd);
  field.setSelectionRange(start, stop < 0 ? field.value.length : stop);
  const old = chosen(field).split("\n");
  const sign = (n) => (doing === "numbers" ? `${n + 1}. ` : LINES[doing]);
  const has = (line, n) => line.startsWith(sign(n));
  const made = old.every(has)
    ? old.map((line, n) => line.slice(sign(n).length))
    : old.map((line, n) => sign(n) + line.replace(/^(?:#{1,6} |> |- |\d+\. )/, ""));
  const text = made.join("\n");
  write(field, text, text.length);
}

function paste(event, field) {
  const markup = event.clipboardData.getData("text/html");
  const plain = event.clipboardData.getData("text/plain");
  if (/^https?:\/\/\S+$/.test(plain.trim()) && chosen(field)) {
    event.preventDefault();
    return write(field, `[${chosen(field)}](${plain.trim()})`);
  }
  if (!markup) return;
  const text = markdownOf(markup);
  if (!text) return;
  event.preventDefault();
  write(field, text);
}
