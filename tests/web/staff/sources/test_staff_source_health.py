"""The sources page says what needs a person first, by word and shape; alerts are asked for in one's own account."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from desk.accounts.users import get_user
from desk.context import Desk
from desk.items.listing import list_items
from desk.sources.health import log_of
from desk.sources.registry import NewSource, add_source
from news.health import Look, Seen
from news.items import Item, Origin, Status
from news.sources import Source

GOOD = {"took": 120, "rhythm": 3 * 86_400, "longest": 5 * 86_400}


def added(desk: Desk, name: str, **said: object) -> Source:
    source = add_source(desk, NewSource(f"https://{name.lower()}.example/feed", "feed", name=name), "cli")
    now = desk.now()
    check = replace(source.check, **({"checked": now, "succeeded": now, "said": now, "same": 1} | GOOD | said))
    with desk.storage.transaction() as tx:
        tx.put_check(source.id, check)
    return replace(source, check=check)


@pytest.fixture
def sources(desk) -> dict[str, Source]:
    now = desk.now()
    failed = {"error_key": "source.fetch.status", "error_args": {"host": "lost.example", "status": 404}, "failures": 5}
    return {
        "Well": added(desk, "Well"),
        "Quiet": added(desk, "Quiet", said=now - timedelta(days=60)),
        "Slow": added(desk, "Slow", slow=3, took=14_000),
        "Lost": added(desk, "Lost", **failed),
        "Stumbled": added(desk, "Stumbled", **(failed | {"failures": 1})),
        "Changed": added(desk, "Changed", error_key="source.page_changed", failures=2),
    }


def names(page: str) -> list[str]:
    return re.findall(r'class="row__title"[^>]*>([^<]+)<', page)


def test_what_needs_a_person_is_on_top_each_with_its_word_and_shape(editor, sources):
    page = editor.get("/staff/sources").text
    assert names(page) == ["Changed", "Lost", "Quiet", "Slow", "Stumbled", "Well"]
    for state in ("changed", "failing", "quiet", "slow", "stumbled", "well"):
        assert f'class="status status--{state}"' in page
    for said in (
        "lost.example answered with error 404", "Nothing new since 1 January 2026", "Usually one every 3 days",
        "14\u00a0s to answer",
    ):  # fmt: skip
        assert said in page


def test_sources_are_chosen_by_their_state_and_by_name(editor, sources):
    assert names(editor.get("/staff/sources?state=quiet").text) == ["Quiet"]
    assert names(editor.get("/staff/sources?q=LOST").text) == ["Lost"]
    assert "No source is like that" in editor.get("/staff/sources?state=quiet&q=lost").text
    assert editor.get("/staff/sources?state=odd").status_code == 400


def test_the_activity_has_its_words_for_who_does_not_see_it(editor, desk, sources):
    source = sources["Well"]
    for weeks in (0, 0, 3):
        moment = desk.now() - timedelta(weeks=weeks)
        item = Item(desk.mint(), desk.mint(), "n", "fr", Status.REVIEW, moment, moment, published=moment)
        with desk.storage.transaction() as tx:
            tx.put_item(replace(item, origin=Origin(source.id, source.name)), desk.now())
    assert len(list_items(desk)) == 3
    assert 'aria-label="3 items in 26 weeks"' in editor.get("/staff/sources").text
    page = editor.get(f"/staff/sources/{source.id}").text
    assert "3 items in 26 weeks" in page and "at most 2 a week" in page
    assert page.count("<tr>") == 27


def test_a_sources_page_tells_its_last_looks(editor, desk, sources):
    source, error = sources["Well"], {"host": "well.example", "status": 500}
    with desk.storage.transaction() as tx:
        tx.add_looks({source.id: Look(desk.now(), Seen.CHANGED, 1234, 7, 2, 1)})
        tx.add_looks({source.id: Look(desk.now(), Seen.FAILED, None, 0, 0, 0, "source.fetch.status", error)})
    page = editor.get(f"/staff/sources/{source.id}").text
    assert len(log_of(desk, source.id)) == 2
    for said in (
        "well.example answered with error 500",
        "2 new, 1 changed",
        "1.2\u00a0s",
        "after 7 visits without news",
    ):
        assert said in page


def test_a_name_of_a_stranger_is_text(editor, desk):
    added(desk, "Evil")
    with desk.storage.transaction() as tx:
        (source,) = tx.sources()
        tx.put_source(replace(source, name='<script>x</script>"'), desk.now())
    assert "<script>x" not in editor.get("/staff/sources").text


def test_an_editor_asks_for_alerts_and_stops_them(editor, desk, people):
    assert 'name="alerts"' in editor.get("/staff/account").text
    answer = editor.post("/staff/account/alerts", {"alerts": "yes"})
    assert (answer.status_code, get_user(desk, people["editor"].id).alerts) == (303, True)
    add_source(desk, NewSource("https://told.example/feed", "feed", name="Told"), "cli")
    page = editor.get("/staff/sources").text
    assert "A mail tells you when a source stops." in page
    assert 'href="/staff/account#alerts"' in page
    assert re.search(r'name="alerts"[^>]* checked', editor.get("/staff/account").text)
    editor.post("/staff/account/alerts")
    assert not get_user(desk, people["editor"].id).alerts


def test_an_author_has_no_sources_to_be_alerted_of(author, desk, people):
    assert 'name="alerts"' not in author.get("/staff/account").text
    assert author.post("/staff/account/alerts", {"alerts": "yes"}).status_code == 403
    assert not get_user(desk, people["author"].id).alerts


def test_alerts_cannot_be_set_from_elsewhere(editor, desk, people):
    editor.token = "forged"
    assert editor.post("/staff/account/alerts", {"alerts": "yes"}).status_code == 400
    assert not get_user(desk, people["editor"].id).alerts


def test_the_metrics_count_sources_by_state(nobody, sources):
    said = nobody.get("/metrics").text
    for state, count in (("failing", 1), ("quiet", 1), ("well", 1), ("gone", 0)):
        assert f'depeche_sources{{state="{state}"}} {count}\n' in said
    assert said.count("# TYPE depeche_sources gauge") == 1
    assert "lost" not in said, "a number names nobody"
