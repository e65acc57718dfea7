// A picture is chosen, or dropped on the form; it is shown at once, and what is too big is said before it is sent.

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

  input.addEventListener("change", () => {
    const [file] = input.files;
    const tooBig = file && file.size > Number(input.dataset.most);
    wrong.textContent = tooBig ? input.dataset.tooBig : "";
    wrong.hidden = !tooBig;
    if (tooBig) input.value = "";
    if (!file || tooBig) return show(stored);
    const remove = form.querySelector("[name=image_remove]");
    if (remove) remove.checked = false;
    const reader = new FileReader();
    reader.addEventListener("load", () => show(reader.result));
    reader.readAsDataURL(file);
  });

  drop.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("picture__drop--over");
  });
  drop.addEventListener("dragleave", () => drop.classList.remove("picture__drop--over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("picture__drop--over");
    const dropped = [...event.dataTransfer.files].find((file) => file.type.startsWith("image/"));
    if (!dropped) return;
    const held = new DataTransfer();
    held.items.add(dropped);
    input.files = held.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
