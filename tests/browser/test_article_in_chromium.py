"""What search engines read on an item's page is data to a real browser: nothing of it runs, nothing is refused."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page

from desk.items.posting import post_item
from news.drafts import Draft

pytestmark = pytest.mark.browser
TITLE = "</script><script>document.title='taken'</script><!--<script>"
REPORTS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", event => window.violations.push(event.violatedDirective));
"""


def test_structured_data_breaks_no_policy_and_no_title_gets_out_of_it(newsroom: Any, page: Page) -> None:
    said = Draft(title=TITLE, categories=("doctorat",), date="2026-06-01", status="published", summary=TITLE)
    item = post_item(newsroom.desk, said, "cli")
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.add_init_script(REPORTS)
    page.goto(f"{newsroom.url}/items/{item.id}")
    written = page.locator("script[type='application/ld+json']").text_content()
    assert json.loads(written or "")["headline"] == item.title
    assert page.title().startswith("</script>")
    assert page.evaluate("window.violations") == complaints == []
