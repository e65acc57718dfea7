"""A scheduled item appears at its second and nowhere before, across both changes of the clocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from desk.items.listing import list_items
from desk.items.publishing_due import publish_due

pytestmark = pytest.mark.browser

TITLE = "Sous embargo"
PLACES = (
    "/", "/category/doctorat", "/?q=embargo", "/feeds", "/feeds/doctorat", "/feeds/doctorat.atom",
    "/feeds/doctorat.rss", "/feeds/doctorat.json", "/feeds/all.atom", "/feeds/doctorat.fr.atom",
    "/embed/doctorat.html", "/embed/all", "/embed/doctorat.json", "/embed/doctorat.txt", "/embed/all.fr.email.html",
    "/metrics", "/feeds.opml",
)  # fmt: skip
SHOWN = tuple(place for place in PLACES if place not in ("/feeds", "/metrics", "/feeds.opml"))


def seen(page, newsroom) -> dict[str, tuple[str, str | None]]:
    """The body and ETag of every public place, as this browser gets them."""
    answers = {}
    for place in PLACES:
        answer = page.request.get(newsroom.url + place)
        assert answer.ok, place
        answers[place] = (answer.text(), answer.headers.get("etag"))
    return answers


@pytest.mark.parametrize(
    ("typed", "second"),
    [
        ("2026-03-29T03:00", datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        ("2026-10-25T03:00", datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
        ("2026-10-25T02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("2026-03-29", datetime(2026, 3, 28, 23, 0, tzinfo=UTC)),
        ("2026-10-26", datetime(2026, 10, 25, 23, 0, tzinfo=UTC)),
    ],
)
def test_a_scheduled_item_appears_at_its_second_and_nowhere_before(staff, newsroom, typed, second):
    newsroom.clock.set(second - timedelta(hours=30))
    staff.goto(f"{newsroom.url}/staff/login")
    staff.goto(f"{newsroom.url}/staff/items/new")
    if "login" in staff.url:
        staff.fill("[name=email]", "redaction@ecole.example")
        staff.fill("[name=password]", "mot de passe sûr")
        staff.press("[name=password]", "Enter")
        staff.wait_for_url("**/staff/items/new?form=*")
    before = seen(staff, newsroom)
    staff.fill("[name=title]", TITLE)
    staff.check("[name=categories][value=doctorat]")
    staff.fill("[name=date]", typed)
    staff.fill("[name=body]", "Le texte de l’embargo")
    staff.locator("[name=status][value=published]").check(force=True)
    staff.click("[data-save]")
    staff.wait_for_url("**/staff/items/0*")
    item = list_items(newsroom.desk)[0]
    assert (item.status, item.due) == ("scheduled", second)

    newsroom.clock.set(second - timedelta(seconds=1))
    publish_due(newsroom.desk)
    early = seen(staff, newsroom)
    assert early == before
    assert all(TITLE not in body for body, _ in early.values())
    hidden = staff.request.get(f"{newsroom.url}/items/{item.id}")
    assert hidden.status == 404
    assert staff.request.get(f"{newsroom.url}/embed/items/{item.id}").status == 404
    assert staff.request.get(f"{newsroom.url}/oembed?url={newsroom.url}/items/{item.id}").status == 404

    newsroom.clock.set(second)
    assert publish_due(newsroom.desk) == 1
    staff.wait_for_timeout(300)
    late = seen(staff, newsroom)
    for place in SHOWN:
        assert TITLE in late[place][0], place
        assert late[place] != early[place], place
    assert staff.request.get(f"{newsroom.url}/items/{item.id}").ok
