"""No two entries share an ``updated``, however they came; when they were published stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from desk.collecting.collect import refresh
from desk.context import Desk
from desk.items.bulk import Verb, act_on
from desk.items.listing import list_items
from desk.items.posting import edit_item, get_item, retract_item
from desk.publishing.publisher import Publisher
from desk.sources.registry import NewSource, add_source
from news.drafts import Draft
from news.items import Item

Post = Callable[..., Item]
DAY = datetime(2026, 3, 1, 10, 30, tzinfo=UTC)


def seconds_after(items: list[Item], moment: datetime) -> list[int]:
    return [round((item.updated - moment).total_seconds()) for item in items]


def test_news_of_one_day_is_told_second_by_second_and_published_as_that_day(desk: Desk, post: Post) -> None:
    posted = [post(f"n{number}", date="2026-03-01") for number in range(3)]
    assert seconds_after(posted, DAY) == [0, 1, 2]
    assert {item.published for item in posted} == {DAY}
    assert [get_item(desk, item.id) for item in posted] == posted
    assert [item.title for item in list_items(desk)] == ["n2", "n1", "n0"]


def test_a_draft_takes_no_moment_and_what_left_gives_its_own_back(desk: Desk, post: Post) -> None:
    first = post("parti", date="2026-03-01")
    draft = post("projet", date="2026-03-01", status="draft")
    retract_item(desk, first.id, "cli")
    assert post("là", date="2026-03-01").updated == DAY
    after = edit_item(desk, draft.id, Draft("projet", status="published"), "cli", only=frozenset({"status"}))
    assert (after.published, after.updated) == (DAY, DAY + timedelta(seconds=1))


def test_drafts_published_at_once_are_told_apart(desk: Desk, post: Post) -> None:
    ids = [post(f"n{number}", status="draft", date="").id for number in range(3)]
    act_on(desk, ids, Verb.PUBLISH, "cli")
    assert seconds_after([get_item(desk, each) for each in ids], desk.now()) == [0, 1, 2]


def test_what_a_source_brings_and_changes_together_is_told_apart(collecting: Desk, site, clock) -> None:
    def entries(words: str) -> str:
        dated = {"pubDate": "Sun, 01 Mar 2026 10:30:00 GMT"}
        return site.rss(*(site.entry(f"{words} {number}", guid=str(number), **dated) for number in range(4)))

    site.put("/feed", entries("Nouvelle"))
    given = NewSource(site.url("/feed"), kind="feed", trust="publish", categories=("masters",))
    source = add_source(collecting, given, "cli")
    refresh(collecting, [source])
    assert sorted(seconds_after(list(list_items(collecting)), DAY)) == [0, 1, 2, 3]
    assert [item.title[-1] for item in list_items(collecting)] == ["0", "1", "2", "3"]
    clock.forward(hours=1)
    site.put("/feed", entries("Tout autre chose"))
    refresh(collecting, [source])
    assert sorted(seconds_after(list(list_items(collecting)), collecting.now())) == [0, 1, 2, 3]
    assert {item.published for item in list_items(collecting)} == {DAY}


def test_two_significant_edits_of_one_second_are_told_twice(desk: Desk, post: Post) -> None:
    item = post("Une")
    moments = [item.updated]
    for title in ("Deux", "Trois"):
        moments.append(edit_item(desk, item.id, Draft(title), "cli", only=frozenset({"title"})).updated)
    assert len(set(moments)) == 3 and moments == sorted(moments)


def test_a_later_item_of_that_day_changes_nothing_of_what_others_were_told(desk: Desk, post: Post, clock) -> None:
    post("Une", "masters", date="2026-03-01")
    before = Publisher(desk).feed("masters", "json").body
    clock.forward(hours=1)
    post("Deux", "doctorat", date="2026-03-01")
    assert Publisher(desk).feed("masters", "json").body == before
