import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from desk.categories.registry import add_category
from desk.collecting.collect import refresh
from desk.context import Desk, open_desk
from desk.importing.imports import AT_ONCE, Given
from desk.importing.items import import_json
from desk.items.listing import ItemFilter, list_items
from desk.items.posting import get_item, history_of, post_item, retract_item
from desk.items.publishing_due import publish_due
from desk.items.views import item_json
from desk.publishing.publisher import Publisher
from desk.sources.registry import NewSource, add_source
from news.drafts import Draft
from news.errors import InvalidInput, NotAllowed, NotUnderstood
from news.items import Item, Status

ATOM = "{http://www.w3.org/2005/Atom}"
ID = "0190f4a0-0000-7000-8000-00000000000"
TOLD = {
    "id": f"{ID}1", "title": "Une", "status": "published", "published": "2024-10-04T08:00:00Z",
    "updated": "2024-10-05T08:00:00Z", "language": "fr", "categories": [{"slug": "doctorat"}],
}  # fmt: skip


@pytest.fixture
def fresh(desk: Desk, tmp_path) -> Iterator[Desk]:
    """Another newsroom, with the same categories and nothing in it."""
    opened = open_desk(replace(desk.settings, database=tmp_path / "fresh.db"), clock=desk.clock, create=True)
    with desk.storage.read() as reader:
        for category in reader.categories():
            add_category(opened, category.name_fr, name_en=category.name_en, slug=category.slug, actor="cli")
    yield opened
    opened.storage.close()


def exported(desk: Desk) -> list[dict[str, object]]:
    with desk.storage.read() as reader:
        return [item_json(desk, reader, item) for item in list_items(desk, ItemFilter(limit=10_000))]


def archive(*told: object) -> Given:
    return Given(json.dumps(told).encode())


def entries(desk: Desk, selection: str) -> list[bytes]:
    """The entries of an Atom feed, byte for byte, without what they say of their sources."""
    feed = ElementTree.fromstring(Publisher(desk).feed(selection, "atom").body)
    for entry in (found := feed.findall(f"{ATOM}entry")):
        for source in entry.findall(f"{ATOM}source"):
            entry.remove(source)
        entry.tail = entry.text = None
        for child in entry:
            child.tail = None
    return [ElementTree.tostring(entry) for entry in found]


def told_again(desk: Desk, fresh: Desk) -> Item:
    import_json(fresh, archive(*exported(desk)), "cli")
    return get_item(fresh, list_items(desk)[0].id)


def test_a_newsroom_comes_back_with_the_same_entries_in_its_feeds(collecting: Desk, fresh: Desk, site, clock):
    for title, said in {
        "Un jour": {"date": "2024-10-04", "categories": ("doctorat", "ingenieurs")},
        "Une heure": {"date": "2024-10-04T09:00", "body": "<p>Texte & <b>gras</b></p>", "author": "Ada"},
        "Le même jour": {"date": "2024-10-04", "link": "https://school.example/x?a=1&b=2", "summary": "Un résumé"},
        "A picture": {"date": "2025-01-01", "language": "en", "image_url": "https://x.example/i.png", "image_alt": "é"},
        "Aujourd’hui": {"date": "2026-03-02"},
        "À venir": {"date": "2027-01-01"},
        "Brouillon": {"status": "draft", "date": ""},
    }.items():
        post_item(collecting, Draft(title=title, **{"status": "published"} | said), "cli")
        clock.forward(minutes=1)
    source = add_source(collecting, NewSource(site.url("/f"), "feed", trust="publish", categories=("masters",)), "cli")
    kept = site.entry("Ailleurs", link="https://p.example/1", guid=site.url("/?p=1"), category="Masters")
    minted = site.entry("Sans nom", link="https://p.example/2", guid="2", pubDate="Fri, 04 Oct 2024 10:30:00 +0000")
    site.put("/f", site.rss(kept, minted))
    refresh(collecting, [source])
    retract_item(collecting, post_item(collecting, Draft(title="Retirée", status="published"), "cli").id, "cli")
    clock.forward(minutes=1)

    report = import_json(fresh, archive(*exported(collecting)), "cli")

    assert (report.added, report.there, report.refused, report.notes) == (10, 0, (), ())
    for selection in ("all", "doctorat", "ingenieurs+doctorat", "masters", "all.en"):
        assert entries(fresh, selection) == entries(collecting, selection) != []
    without_source = [{**told, "source": None} for told in exported(collecting)]
    for told, again in zip(without_source, exported(fresh), strict=True):
        assert again == {name: told[name] for name in again}


def test_importing_twice_changes_nothing(desk: Desk, fresh: Desk, post: Callable[..., Item]):
    post("Une", "masters")
    post("Deux")
    given = archive(*exported(desk))
    import_json(fresh, given, "cli")
    before = Publisher(fresh).feed("all", "atom").body, fresh.storage.change_number()
    report = import_json(fresh, given, "cli")

    assert (report.added, report.there) == (0, 2)
    assert (Publisher(fresh).feed("all", "atom").body, fresh.storage.change_number()) == before


def test_what_is_here_already_is_left_as_it_is(desk: Desk, post: Callable[..., Item]):
    item = post("Une")
    (told,) = exported(desk)
    report = import_json(desk, archive({**told, "title": "Changée ailleurs"}), "cli")

    assert (report.added, report.there) == (0, 1)
    assert get_item(desk, item.id) == item


def test_what_was_to_come_still_comes_at_its_time_and_not_before(desk: Desk, fresh: Desk, post, clock):
    post("À venir", date="2026-03-02T12:00")
    assert told_again(desk, fresh).status is Status.SCHEDULED

    assert entries(fresh, "all") == []
    clock.forward(hours=3)
    publish_due(fresh)
    assert len(entries(fresh, "all")) == 1


def test_what_was_to_come_and_is_overdue_is_published_by_the_worker_with_its_own_date(desk, fresh, post, clock):
    post("À venir", date="2026-03-03")
    clock.forward(days=30)
    item = told_again(desk, fresh)
    assert (item.status, entries(fresh, "all")) == (Status.SCHEDULED, [])

    publish_due(fresh)

    assert get_item(fresh, item.id).published == item.published


def test_what_claims_to_be_published_in_the_future_waits_for_it(desk: Desk):
    import_json(desk, archive(TOLD | {"published": "2030-01-01T00:00:00Z"}), "cli")

    assert get_item(desk, TOLD["id"]).status is Status.SCHEDULED
    assert entries(desk, "all") == []


def test_a_change_that_claims_to_lie_ahead_counts_as_of_now(desk: Desk):
    import_json(desk, archive(TOLD | {"updated": "2030-01-01T00:00:00Z"}), "cli")

    assert get_item(desk, TOLD["id"]).updated == desk.now()


def test_a_withdrawn_item_comes_back_withdrawn(desk: Desk, fresh: Desk, post):
    retract_item(desk, post("Une").id, "cli")
    item = told_again(desk, fresh)

    assert (item.status, item.withdrawn) == (Status.WITHDRAWN, item.updated)
    assert entries(fresh, "all") == []


def test_translations_stay_one_story(desk: Desk):
    import_json(desk, archive(TOLD, TOLD | {"id": f"{ID}2", "story_id": f"{ID}1", "language": "en"}), "cli")

    assert get_item(desk, f"{ID}2").story_id == f"{ID}1"


def test_unknown_categories_are_told_and_the_item_comes_without_them(desk: Desk):
    report = import_json(desk, archive(TOLD | {"categories": [{"slug": "ski"}, {"slug": "doctorat"}]}), "cli")

    assert [note.error.message_args for note in report.notes] == [{"name": "ski", "times": 1}]
    assert len(get_item(desk, TOLD["id"]).categories) == 1


def test_what_is_here_already_is_not_told_about_again(desk: Desk):
    unknown = archive(TOLD | {"categories": [{"slug": "ski"}]})
    import_json(desk, unknown, "cli")

    assert import_json(desk, unknown, "cli").notes == ()


def test_a_bad_item_is_named_and_the_others_go_on(desk: Desk):
    report = import_json(desk, archive(TOLD | {"id": "7", "title": "Sept"}, 1, TOLD), "cli")

    assert [(each.about, each.error.key) for each in report.refused] == [
        ("Sept", "import.item.id"), ("[2]", "import.item.id"),
    ]  # fmt: skip
    assert (report.added, report.failed) == (1, False)


def test_history_says_that_it_was_imported(desk: Desk):
    import_json(desk, archive(TOLD), "cli")

    assert [(change.action, change.actor) for change in history_of(desk, "item", TOLD["id"])] == [("imported", "cli")]


def test_a_public_name_is_given_once(desk: Desk):
    named = TOLD | {"guid": "https://old.example/?p=1"}
    report = import_json(desk, archive(named, named | {"id": f"{ID}2"}), "cli")

    assert (report.added, report.there) == (1, 1)
    assert [item.guid for item in list_items(desk)] == ["https://old.example/?p=1"]
    assert import_json(desk, archive(named | {"id": f"{ID}3"}), "cli").there == 1


def test_a_source_that_is_collected_again_doubles_nothing(collecting: Desk, site):
    site.put("/f", site.rss(site.entry("Ailleurs", link="https://p.example/1", guid=site.url("/?p=1"))))
    told = {"guid": site.url("/?p=1"), "link": "https://p.example/1", "source": {"id": f"{ID}9", "name": "S"}}
    import_json(collecting, archive(TOLD | told), "cli")
    refresh(
        collecting,
        [add_source(collecting, NewSource(site.url("/f"), "feed", trust="publish", categories=("masters",)), "cli")],
    )

    assert [item.id for item in list_items(collecting)] == [TOLD["id"]]
    assert len(entries(collecting, "all")) == 1


def test_a_trial_says_the_same_and_writes_nothing(desk: Desk):
    given = archive(TOLD, TOLD, {**TOLD, "id": f"{ID}2"}, 1)
    trial = import_json(desk, given, "cli", dry_run=True)

    assert list_items(desk) == ()
    done = import_json(desk, given, "cli")
    assert [(each.added, each.there, len(each.refused)) for each in (trial, done)] == [(2, 1, 1)] * 2


def test_a_long_archive_comes_in_whole_and_in_its_order(desk: Desk):
    many = [TOLD | {"id": f"0190f4a0-0000-7000-8000-{n:012}", "title": str(n)} for n in range(AT_ONCE + 5)]
    many.reverse()
    assert import_json(desk, archive(*many), "cli").added == AT_ONCE + 5

    assert [told["title"] for told in exported(desk)] == [told["title"] for told in many]


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", "import.not_json"), (b"[", "import.not_json"), (b"{", "import.not_json"), (b"<x/>", "import.not_json"),
        (b"{}", "import.not_items"), (b"3", "import.not_items"), (b'["\xe9"]', "import.not_utf8"),
    ],
)  # fmt: skip
def test_what_is_neither_archive_nor_feed_adds_nothing(desk: Desk, body, error):
    with pytest.raises((NotUnderstood, InvalidInput)) as caught:
        import_json(desk, Given(body), "cli")

    assert (caught.value.key, list_items(desk)) == (error, ())


def test_an_author_may_not(desk: Desk, author):
    with pytest.raises(NotAllowed):
        import_json(desk, archive(), author)
