// The staff desk's small comforts. Every page works without them; each module looks for what it serves.

import { count } from "./staff-count.js";
import { dates } from "./staff-date.js";
import { filters } from "./staff-filters.js";
import { guard } from "./staff-guard.js";
import { keys } from "./staff-keys.js";
import { help, list } from "./staff-list.js";
import { picture } from "./staff-picture.js";
import { preview } from "./staff-preview.js";

const form = document.querySelector("form[data-preview]");
if (form) {
  preview(form);
  guard(form);
  picture(form);
  for (const field of form.querySelectorAll("[data-count]")) count(field);
}
dates();
filters();
const listed = document.querySelector("form[data-list]");
if (listed) list(listed);
help();
keys(form);
document.querySelector("[data-focus]")?.focus();
// On a phone the places scroll sideways: the one we are in is in sight.
document.querySelector(".desk__nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
