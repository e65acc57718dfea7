import json
from datetime import UTC, date, datetime

from desk.context import Desk
from desk.importing.imports import Given, bring
from desk.importing.items import import_json
from desk.items.listing import ItemFilter, list_items
from desk.items.posting import get_item, retract_item
from desk.publishing.browse import listing
from news.ids import is_id
from news.items import Status

HOME = "https://lab.example/"


def entry(n: int, **said: object) -> dict[str, object]:
    told = {"id": f"{HOME}{n}", "url": f"{HOME}{n}", "title": f"N° {n}", "content_text": "Texte"}
    return told | {"date_published": f"2024-10-{n:02}T08:00:00Z"} | said


def feed(*entries: object, **said: object) -> Given:
    head = {"version": "https://jsonfeed.org/version/1.1", "title": "Labo", "home_page_url": HOME, "language": "en-GB"}
    return Given(json.dumps(head | {"items": entries} | said).encode())


def test_entries_become_items_of_ours_with_the_dates_they_had(desk: Desk):
    tagged = entry(4, tags=["Doctorat", "Ski"], content_html="<p>Long</p>", authors=[{"name": "Ada"}])
    report = import_json(desk, feed(tagged), "cli")

    (view,) = listing(desk).items
    item = view.item
    assert (report.added, report.there, report.refused) == (1, 0, ())
    assert is_id(item.id) and item.guid == f"urn:uuid:{item.id}"
    assert (item.title, item.link, item.content_html, item.author) == ("N° 4", f"{HOME}4", "<p>Long</p>", "Ada")
    assert (item.language, item.origin, item.status) == ("en", None, Status.PUBLISHED)
    assert item.published == item.updated == datetime(2024, 10, 4, 8, tzinfo=UTC)
    assert [category.slug for category in view.categories] == ["doctorat"]
    assert [note.about for note in report.notes] == ["Ski"]


def test_a_day_without_a_time_stays_a_day(desk: Desk):
    import_json(desk, feed(entry(4, date_published="2024-10-04")), "cli")

    assert list_items(desk)[0].day == date(2024, 10, 4)


def test_a_later_change_is_kept(desk: Desk):
    import_json(desk, feed(entry(4, date_modified="2025-01-01T00:00:00Z")), "cli")

    assert list_items(desk)[0].updated == datetime(2025, 1, 1, tzinfo=UTC)


def test_importing_twice_doubles_nothing_whatever_became_of_the_items(desk: Desk):
    given = feed(entry(1), entry(2, url=None), entry(3, id=3, url=None), entry(4, id=None))
    assert import_json(desk, given, "cli").added == 4
    retract_item(desk, list_items(desk)[0].id, "cli")
    before = list_items(desk)

    assert (import_json(desk, given, "cli").added, import_json(desk, given, "cli").there) == (0, 4)
    assert list_items(desk) == before


def test_what_an_item_here_points_to_already_is_there(desk: Desk, post):
    post("Déjà dite", link="http://www.lab.example/4/")

    assert (import_json(desk, feed(entry(4)), "cli").there, len(list_items(desk))) == (1, 1)


def test_entries_that_share_a_home_page_are_all_taken(desk: Desk, post):
    post("L’accueil", link=HOME)

    assert import_json(desk, feed(entry(1, url=HOME), entry(2, url=HOME)), "cli").added == 2


def test_an_entry_that_joins_another_of_the_same_link_is_taken(desk: Desk):
    import_json(desk, feed(entry(1, url=HOME)), "cli")

    assert import_json(desk, feed(entry(2, url=HOME), entry(1, url=HOME)), "cli").added == 1


def test_two_feeds_that_number_their_entries_are_told_apart(desk: Desk):
    import_json(desk, feed(entry(1, id="1", url=None)), "cli")
    other = feed(entry(1, id="1", url=None), home_page_url="https://other.example/")

    assert import_json(desk, other, "cli").added == 1


def test_an_entry_without_a_date_waits_for_review(desk: Desk):
    report = import_json(desk, feed(entry(4, date_published=None)), "cli")

    assert [item.status for item in list_items(desk)] == [Status.REVIEW]
    assert [(note.about, note.error.key) for note in report.notes] == [("N° 4", "import.item.undated")]
    assert import_json(desk, feed(entry(4, date_published=None)), "cli").notes == ()


def test_an_entry_dated_ahead_waits_for_its_time(desk: Desk):
    import_json(desk, feed(entry(4, date_published="2030-01-01T00:00:00Z")), "cli")

    assert [item.status for item in list_items(desk)] == [Status.SCHEDULED]


def test_entries_of_one_moment_stand_in_the_order_of_the_document(desk: Desk):
    same = {"date_published": "2024-10-04T08:00:00Z"}
    import_json(desk, feed(entry(1, **same), entry(2, **same), entry(3, **same)), "cli")

    assert [item.title for item in list_items(desk)] == ["N° 1", "N° 2", "N° 3"]


def test_an_archive_remembers_what_a_feeds_items_were_called(desk: Desk):
    import_json(desk, feed(entry(4)), "cli")
    (item,) = list_items(desk, ItemFilter())

    assert get_item(desk, item.id).brought.guid == f"{HOME}4"


def test_a_feed_at_an_address_is_fetched(collecting: Desk, site):
    url = site.put("/feed.json", feed(entry(4)).body, "application/feed+json")

    assert import_json(collecting, bring(collecting, url, 10_000), "cli").added == 1


def test_a_trial_writes_nothing(desk: Desk):
    assert import_json(desk, feed(entry(4)), "cli", dry_run=True).added == 1
    assert list_items(desk) == ()
