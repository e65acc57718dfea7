"""Whether an item's links lead anywhere is asked of a real server, through the guarded client."""

from __future__ import annotations

import pytest

from desk.items.linting import LinkChecks
from desk.items.previewing import preview_of
from net.allowed_networks import parse_allowed
from news.drafts import Draft


@pytest.fixture
def told(desk, site):
    reaching = desk.with_settings(allowed_networks=parse_allowed("127.0.0.1"))
    checks = LinkChecks()

    def broken(*paths):
        body = " ".join(f"[mot]({site.url(path)})" for path in paths)
        item = preview_of(reaching, Draft(title="T", body=body), "cli").item
        return [(each.args["url"], each.key) for each in checks.broken(reaching, item)]

    return broken


def test_a_page_that_is_gone_is_said_and_one_that_is_there_is_not(told, site):
    site.put("/there", "x", "text/html")
    assert told("/there", "/gone") == [(site.url("/gone"), "lint.link.gone")]


def test_an_address_is_asked_once_in_a_while(told, site, clock):
    site.put("/there", "x", "text/html")
    told("/there")
    told("/there")
    assert len(site.requests) == 1
    clock.forward(minutes=16)
    told("/there")
    assert len(site.requests) == 2


def test_a_server_in_trouble_is_no_reason_to_change_a_link(told, site):
    site.pages["/down"] = lambda _: (503, {}, b"")
    assert told("/down") == []
