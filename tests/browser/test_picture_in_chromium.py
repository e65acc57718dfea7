"""A picture is dropped on the form, published, and seen by a reader, in a real browser under our own policy."""

from __future__ import annotations

import base64

import pytest

from desk.items.listing import ItemFilter, list_items

pytestmark = pytest.mark.browser

_DROP = """([place, data, name]) => {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const held = new DataTransfer();
  held.items.add(new File([bytes], name, { type: "image/jpeg" }));
  place.dispatchEvent(new DragEvent("drop", { dataTransfer: held, bubbles: true, cancelable: true }));
}"""

_PASTE = """([place, data]) => {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const held = new DataTransfer();
  held.setData("text/html", "<img src='https://x.example/v.jpg'>");
  held.items.add(new File([bytes], "image.png", { type: "image/jpeg" }));
  place.dispatchEvent(new ClipboardEvent("paste", { clipboardData: held, bubbles: true, cancelable: true }));
}"""


def test_a_picture_that_misses_its_place_or_is_pasted_into_the_text_is_taken_all_the_same(staff, newsroom, draw):
    staff.goto(f"{newsroom.url}/staff/items/new")
    staff.fill("[name=title]", "Une visite")
    data = base64.b64encode(draw(90, 60)).decode()
    shown = staff.locator("[data-picture-now]")
    alt = "document.activeElement.name"

    asked = _DROP.replace("image/jpeg", "application/pdf").replace("place.dispatch", "return !place.dispatch")
    refused = staff.evaluate(asked, [staff.locator("#title").element_handle(), data, "programme.pdf"])
    assert refused, "the browser would open it instead of the form"
    assert "n’est pas une image" in staff.inner_text("[data-picture-wrong]")
    assert not shown.is_visible()

    staff.evaluate(_DROP, [staff.locator("#title").element_handle(), data, "visite.jpg"])
    shown.wait_for()
    assert staff.evaluate(alt) == "image_alt"
    assert not staff.locator("[data-picture-wrong]").is_visible()

    staff.set_input_files("#image_file", [])
    shown.wait_for(state="hidden")
    staff.evaluate(_PASTE, [staff.locator("#body").element_handle(), data])
    shown.wait_for()
    assert staff.evaluate(alt) == "image_alt"
    assert staff.input_value("#body") == ""


def test_a_dropped_picture_is_shown_kept_and_published(staff, newsroom, draw):
    staff.goto(f"{newsroom.url}/staff/items/new")
    staff.fill("[name=title]", "Une visite")
    staff.click("details.extra > summary")
    place = staff.locator("[data-picture-drop]").element_handle()
    data = base64.b64encode(draw(900, 600)).decode()
    staff.evaluate(_DROP, [place, data, "visite.jpg"])
    dropped = staff.locator("[data-picture-now][src^='data:']")
    dropped.wait_for()
    assert dropped.evaluate("image => image.decode().then(() => image.naturalWidth)") == 900
    staff.fill("[name=image_alt]", "Quatre couleurs")
    staff.fill("[name=image_credit]", "Ada")
    staff.locator("[name=status][value=published]").check(force=True)
    staff.click("[data-save]")
    staff.wait_for_url("**/staff/items/0*")
    kept = staff.locator("[data-picture-now]")
    assert kept.evaluate("image => image.decode().then(() => image.naturalWidth)") == 640
    (item,) = list_items(newsroom.desk, ItemFilter())
    assert item.visible

    for path in ("/", f"/items/{item.id}"):
        staff.goto(newsroom.url + path)
        shown = staff.locator("main img")
        assert shown.count() == 1
        assert shown.evaluate("image => image.decode().then(() => image.naturalWidth > 0)")
        assert shown.evaluate("image => image.currentSrc").endswith(".avif")
        assert shown.get_attribute("alt") == "Quatre couleurs"
