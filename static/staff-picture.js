// A picture is chosen, pasted, or dropped anywhere on the page; it is shown at once, and what is too big or no picture is
// said before it is sent. A file that misses its place would else be opened instead of the form.

export function picture(form) {
  const place = form.querySelector("[data-picture]");
  if (!place) return;
  const input = place.querySelector("input[type=file]");
  const drop = place.querySelector("[data-picture-drop]");
  const now = place.querySelector("[data-picture-now]");
  const wrong = place.querySelector("[data-picture-wrong]");
  const stored = now.getAttribute("src");

  const show = (address) => {
    now.removeAttribute("width");
    now.removeAttribute("height");
    if (address) now.src = address;
    else now.removeAttribute("src");
    now.hidden = !address;
  };

  const say = (text) => {
    wrong.textContent = text;
    wrong.hidden = !text;
  };

  input.addEventListener("change", () => {
    const [file] = input.files;
    const tooBig = file && file.size > Number(input.dataset.most);
    say(tooBig ? input.dataset.tooBig : "");
    if (tooBig) input.value = "";
    if (!file || tooBig) return show(stored);
    const remove = form.querySelector("[name=image_remove]");
    if (remove) remove.checked = false;
    const reader = new FileReader();
    reader.addEventListener("load", () => show(reader.result));
    reader.readAsDataURL(file);
  });

  const take = (files) => {
    place.closest("details").open = true;
    const found = [...files].find((file) => file.type.startsWith("image/"));
    if (!found) {
      say(input.dataset.noPicture);
      return input.focus();
    }
    const held = new DataTransfer();
    held.items.add(found);
    input.files = held.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    // What it shows is asked next.
    (input.files.length ? form.elements.image_alt : input).focus();
  };

  const brings = (event) => event.dataTransfer?.types.includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!brings(event)) return;
    event.preventDefault();
    drop.classList.toggle("picture__drop--over", drop.contains(event.target));
  });
  document.addEventListener("dragleave", () => drop.classList.remove("picture__drop--over"));
  document.addEventListener("drop", (event) => {
    if (!brings(event)) return;
    event.preventDefault();
    drop.classList.remove("picture__drop--over");
    take(event.dataTransfer.files);
  });
  // Word sends its words with a picture of them: words come first.
  form.addEventListener("paste", (event) => {
    const files = event.clipboardData?.files ?? [];
    if (event.defaultPrevented || !files.length || event.clipboardData.getData("text/plain")) return;
    event.preventDefault();
    take(files);
  });
}
