"""axe-core over a page, and nothing of its report but what it finds wrong: the whole report takes long to hand over."""

from __future__ import annotations

import json
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_SCRIPT = f"{Axe().axe_script};0"


def violations(page: Page, **options: Any) -> list[dict[str, Any]]:
    """What axe-core finds wrong in ``page`` as it stands. ``options``: of ``axe.run``."""
    page.evaluate(_SCRIPT)
    chosen = json.dumps({"resultTypes": ["violations"]} | options)
    return page.evaluate(f"axe.run({chosen}).then(report => report.violations)")


def findings(page: Page) -> list[str]:
    """The same, a line for each place: the rule that is broken, and the markup that breaks it."""
    return [f"{each['id']}: {node['html'][:150]}" for each in violations(page) for node in each["nodes"]]
