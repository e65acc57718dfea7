import pytest

from desk.collecting.collect import refresh
from desk.context import Desk
from desk.items.listing import ItemFilter, list_items
from desk.items.posting import history_of
from desk.sources.registry import (
    NewSource,
    add_source,
    get_source,
    list_sources,
    pause_source,
    remove_source,
    resume_source,
    source_item_counts,
    try_source,
)  # fmt: skip
from news.errors import InvalidInput, NotAllowed, NotFound, SourceFailed
from news.items import Status
from news.sources import Kind, Selectors, Trust
from news.users import User
from storage.contract import Storage

PAGE = '<html><title>Actus</title><body><ul><li><h3><a href="/a">Une</a></h3><time datetime="2026-02-01">1</time></li>'
PAGE += '<li><h3><a href="/b">Deux</a></h3><time datetime="2026-01-01">1</time></li></ul></body></html>'


def test_a_source_is_due_at_once_and_waits_for_review_unless_trusted(desk: Desk):
    source = add_source(desk, NewSource("https://partner.example.org/feed", "feed"), "cli")
    assert (source.kind, source.trust, source.name) == (Kind.FEED, Trust.REVIEW, "partner.example.org")
    assert source.check.next_at == desk.now()
    assert list_sources(desk) == (source,)


def test_the_same_address_again_gives_the_source_that_is_there(desk: Desk):
    first = add_source(desk, NewSource("https://partner.example.org/feed", "feed", name="Un"), "cli")
    again = add_source(desk, NewSource("  https://partner.example.org/feed ", "auto", name="Deux"), "cli")
    assert again == first
    assert len(list_sources(desk)) == 1


@pytest.mark.parametrize(
    ("new", "key"),
    [
        (NewSource("nulle part", "feed"), "url.malformed"),
        (NewSource("file:///etc/passwd", "feed"), "url.malformed"),
        (NewSource("https://x.example.org/", "gopher"), "source.kind.unknown"),
        (NewSource("https://x.example.org/", "feed", trust="always"), "source.trust.unknown"),
        (NewSource("https://x.example.org/", "feed", language="xx"), "item.language.unknown"),
        (NewSource("https://x.example.org/", "page", selectors=Selectors(item="li[")), "source.selector.malformed"),
    ],
)
def test_what_cannot_be_a_source_is_refused_when_it_is_added(desk: Desk, new: NewSource, key: str):
    with pytest.raises(InvalidInput) as raised:
        add_source(desk, new, "cli")
    assert raised.value.key == key
    assert list_sources(desk) == ()


@pytest.mark.parametrize("wrong", [{"categories": ("nulle-part",)}, {"map": (("Thèse", "nulle-part"),)}])
def test_an_unknown_category_is_refused(desk: Desk, wrong: dict):
    with pytest.raises(NotFound) as raised:
        add_source(desk, NewSource("https://x.example.org/", "feed", **wrong), "cli")
    assert raised.value.key == "category.unknown"
    assert list_sources(desk) == ()


def test_auto_finds_out_that_it_is_a_feed_and_its_name(collecting: Desk, site):
    url = site.put("/feed", site.rss(site.entry("Une"), title="Le partenaire"))
    source = add_source(collecting, NewSource(url), "cli")
    assert (source.kind, source.name) == (Kind.FEED, "Le partenaire")


def test_auto_finds_out_that_it_is_a_page(collecting: Desk, site):
    assert add_source(collecting, NewSource(site.put("/", PAGE, "text/html")), "cli").kind is Kind.PAGE


def test_only_auto_fetches(collecting: Desk, site):
    add_source(collecting, NewSource(site.url("/feed"), "feed"), "cli")
    assert site.requests == []


def test_a_source_whose_kind_cannot_be_found_out_is_not_added(collecting: Desk, site):
    with pytest.raises(SourceFailed):
        add_source(collecting, NewSource(site.url("/absent")), "cli")
    assert list_sources(collecting) == ()


def test_a_trial_says_what_would_come_and_changes_nothing(collecting: Desk, site):
    before = collecting.storage.change_number()
    trial = try_source(collecting, site.put("/", PAGE, "text/html"))
    assert (trial.kind, [entry.title for entry in trial.items], trial.error) == (Kind.PAGE, ["Une", "Deux"], None)
    failing = try_source(collecting, site.url("/absent"))
    assert (failing.items, failing.error.key) == ((), "source.fetch.status")
    assert try_source(collecting, "pas une adresse").error.key == "url.malformed"
    assert (list_items(collecting), collecting.storage.change_number()) == ((), before)


def test_a_paused_source_is_not_due_and_resumed_is_due_now(desk: Desk, clock):
    source = add_source(desk, NewSource("https://partner.example.org/feed", "feed"), "cli")
    pause_source(desk, source.id, "cli")
    clock.forward(days=2)
    assert leased(desk.storage, desk) == []
    resumed = resume_source(desk, source.id, "cli")
    assert resumed.check.next_at == desk.now()
    assert leased(desk.storage, desk) == [source.id]


def leased(storage: Storage, desk: Desk) -> list[str]:
    from datetime import timedelta

    with storage.transaction() as tx:
        return [source.id for source in tx.lease_sources(desk.now(), desk.now() + timedelta(minutes=10), 10)]


@pytest.fixture
def collected(collecting: Desk, site) -> str:
    """The id of a source that has brought two items, one published and one accepted later."""
    entries = [site.entry(title, link=f"https://p.example.org/{title}", category="Doctorat") for title in ("a", "b")]
    new = NewSource(site.put("/feed", site.rss(*entries)), "feed", trust="publish", categories=("masters",))
    source = add_source(collecting, new, "cli")
    refresh(collecting, [source])
    return source.id


def test_a_removed_source_is_gone_and_its_items_may_stay(collecting: Desk, collected: str):
    assert remove_source(collecting, collected, "keep", "cli") == 0
    assert list_sources(collecting) == ()
    with pytest.raises(NotFound):
        get_source(collecting, collected)
    assert {item.status for item in list_items(collecting)} == {Status.PUBLISHED}
    assert source_item_counts(collecting) == {collected: 2}


def test_a_removed_sources_items_may_be_withdrawn(collecting: Desk, collected: str):
    assert remove_source(collecting, collected, "withdraw", "cli") == 2
    assert [item.status for item in list_items(collecting)] == [Status.WITHDRAWN] * 2


def test_items_of_a_removed_source_can_still_be_listed_by_it(collecting: Desk, collected: str):
    remove_source(collecting, collected, "keep", "cli")
    assert len(list_items(collecting, ItemFilter(source=collected))) == 2


def test_a_removal_that_fails_half_way_removes_nothing(collecting: Desk, collected: str):
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(collecting.settings.database)) as db:
        db.execute(
            "CREATE TRIGGER refuse BEFORE INSERT ON history WHEN new.action LIKE 'withdrawn%'"
            " BEGIN SELECT raise(ABORT, 'refused'); END"
        )
    with pytest.raises(sqlite3.IntegrityError):
        remove_source(collecting, collected, "withdraw", "cli")
    assert get_source(collecting, collected).removed is None
    assert {item.status for item in list_items(collecting)} == {Status.PUBLISHED}


def test_what_to_do_with_the_items_must_be_said(collecting: Desk, collected: str):
    with pytest.raises(InvalidInput):
        remove_source(collecting, collected, "perhaps", "cli")
    assert get_source(collecting, collected).removed is None


def test_a_removed_address_may_be_added_again_and_its_kept_items_are_not_doubled(collecting: Desk, collected: str):
    url = get_source(collecting, collected).url
    remove_source(collecting, collected, "keep", "cli")
    again = add_source(collecting, NewSource(url, "feed", trust="publish"), "cli")
    assert again.id != collected
    refresh(collecting, [again])
    assert sorted(item.title for item in list_items(collecting)) == ["a", "b"]


def test_authors_do_not_manage_sources(desk: Desk, author: User):
    source = add_source(desk, NewSource("https://partner.example.org/feed", "feed"), "cli")
    for forbidden in (
        lambda: add_source(desk, NewSource("https://x.example.org/", "feed"), author),
        lambda: pause_source(desk, source.id, author),
        lambda: resume_source(desk, source.id, author),
        lambda: remove_source(desk, source.id, "keep", author),
    ):
        with pytest.raises(NotAllowed):
            forbidden()
    assert list_sources(desk) == (source,)


def test_editors_manage_sources_and_history_keeps_it(desk: Desk, editor: User):
    source = add_source(desk, NewSource("https://partner.example.org/feed", "feed"), editor)
    pause_source(desk, source.id, editor)
    resume_source(desk, source.id, editor)
    remove_source(desk, source.id, "keep", editor)
    changes = history_of(desk, "source", source.id)
    assert [change.action for change in changes] == ["removed", "resumed", "paused", "added"]
    assert {change.actor for change in changes} == {f"user:{editor.id}"}
