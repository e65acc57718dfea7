"""Somebody sends far more than the real web server takes, from a real browser: a page says so, not the browser."""

from __future__ import annotations

import pytest

from tests.browser.conftest import EMAIL, PASSWORD
from tests.web_server import serving as serving_for_real

pytestmark = [pytest.mark.browser, pytest.mark.long]

_HUGE = """() => {
  const held = new DataTransfer();
  held.items.add(new File([new Uint8Array(40_000_000)], "enorme.jpg", { type: "image/jpeg" }));
  const form = document.createElement("form");
  const given = document.querySelector("form[action$='/items/new'] [name=csrf_token], form [name=csrf_token]");
  Object.assign(form, { method: "post", action: "/staff/items/new", enctype: "multipart/form-data" });
  const file = Object.assign(document.createElement("input"), { type: "file", name: "picture" });
  file.files = held.files;
  form.append(file, given.cloneNode());
  document.body.append(form);
  form.submit();
}"""


def test_forty_megabytes_are_answered_by_a_page_with_the_bound_and_the_way_back(page, newsroom):
    ready = newsroom.application.extensions["ready"]
    with serving_for_real(newsroom.application, ready) as served:
        url = f"http://127.0.0.1:{served.port}"
        page.goto(f"{url}/staff/login")
        page.fill("[name=email]", EMAIL)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(f"{url}/staff/")
        page.goto(f"{url}/staff/items/new")
        with page.expect_navigation() as navigated:
            page.evaluate(_HUGE)

        assert navigated.value.status == 413
        assert "10 Mo au plus" in " ".join(page.inner_text("[role=alert]").split())
        page.click("main a[href='/staff/items/new']")
        page.wait_for_selector("[name=title]")
