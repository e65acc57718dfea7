from datetime import UTC, date, datetime

import pytest

from desk.collecting.collect import refresh
from desk.context import Desk
from desk.items.listing import ItemFilter, list_items
from desk.items.posting import edit_item, history_of, retract_item
from desk.publishing.browse import listing
from desk.selecting import resolve
from desk.sources.registry import NewSource, add_source, get_source
from news.drafts import Draft
from news.items import Item, Status
from news.recognise import MOST_LEARNED, Alias
from news.sources import Source

LINK = "https://partner.example.org/news/"
GUID = "http://127.0.0.1/news/"


@pytest.fixture
def source(collecting: Desk, site) -> Source:
    return add_source(
        collecting,
        NewSource(site.url("/feed"), "feed", name="Partenaire", trust="publish", categories=("masters",)),
        "cli",
    )


def look(desk: Desk, source: Source):
    """Refresh, and what came of it."""
    (outcome,) = refresh(desk, [get_source(desk, source.id)])
    return outcome


def items_of(desk: Desk, source: Source) -> list[Item]:
    return list(list_items(desk, ItemFilter(source=source.id)))


def test_a_feeds_entries_become_items_with_its_own_words_and_our_categories(collecting: Desk, site, source: Source):
    entry = site.entry(
        "Une thèse & un prix", link=f"{LINK}1", guid=f"{GUID}1", description="<p>Résumé</p>",
        category="doctorat|Inconnue|Diversity & CSR", pubDate="Fri, 04 Oct 2024 08:00:00 +0200",
    )  # fmt: skip
    site.put("/feed", site.rss(entry))
    outcome = look(collecting, source)
    assert (outcome.new, outcome.changed, outcome.same, outcome.error) == (1, 0, 0, None)
    (view,) = listing(collecting).items
    item = view.item
    assert (item.title, item.link, item.status) == ("Une thèse & un prix", f"{LINK}1", Status.PUBLISHED)
    assert [category.slug for category in view.categories] == ["doctorat", "masters", "diversite-rse"]
    assert item.origin.terms == ("doctorat", "Inconnue", "Diversity & CSR")
    assert item.published == item.updated == datetime(2024, 10, 4, 6, tzinfo=UTC)
    assert item.first_published == collecting.now()
    assert history_of(collecting, "item", item.id)[0].actor == f"source:{source.id}"


def test_without_trust_everything_waits_for_review(collecting: Desk, site):
    source = add_source(collecting, NewSource(site.put("/f", site.rss(site.entry("Une"))), "feed"), "cli")
    refresh(collecting, [source])
    assert [item.status for item in items_of(collecting, source)] == [Status.REVIEW]
    assert listing(collecting).items == ()


def test_the_sources_own_categories_and_map_are_added(collecting: Desk, site):
    new = NewSource(
        site.put("/f", site.rss(site.entry("Une", category="Research"))), "feed", categories=("masters",),
        map=(("research", "doctorat"),), trust="publish",
    )  # fmt: skip
    refresh(collecting, [add_source(collecting, new, "cli")])
    assert len(listing(collecting, "doctorat+masters").items) == 1


def test_validators_are_sent_back_and_not_modified_writes_nothing_public(collecting: Desk, site, source: Source):
    body = site.rss(site.entry("Une", guid=f"{GUID}1")).encode()

    def answer(fields: dict[str, str]):
        if fields.get("if-none-match") == 'W/"x,y"' and fields.get("if-modified-since") == "hier, à midi":
            return 304, {}, b""
        return 200, {"ETag": 'W/"x,y"', "Last-Modified": "hier, à midi"}, body

    site.pages["/feed"] = answer
    assert look(collecting, source).new == 1
    before = (collecting.storage.change_number(), items_of(collecting, source))
    outcome = look(collecting, source)
    assert (outcome.new, outcome.changed, outcome.error) == (0, 0, None)
    assert site.requests[-1][1]["if-none-match"] == 'W/"x,y"'
    assert (collecting.storage.change_number(), items_of(collecting, source)) == before
    look(collecting, source)
    assert site.requests[-1][1]["if-none-match"] == 'W/"x,y"', "validators outlive a 304 without any"


def test_the_same_body_without_validators_writes_nothing_public(collecting: Desk, site, source: Source, clock):
    site.put("/feed", site.rss(site.entry("Une", guid=f"{GUID}1")))
    look(collecting, source)
    before = (collecting.storage.change_number(), items_of(collecting, source))
    clock.forward(days=1)
    assert (look(collecting, source).new, collecting.storage.change_number()) == (0, before[0])
    assert items_of(collecting, source) == before[1]
    assert get_source(collecting, source.id).check.checked == collecting.now()


def test_another_order_or_feed_title_changes_no_item(collecting: Desk, site, source: Source):
    entries = [site.entry(name, guid=f"{GUID}{name}") for name in ("a", "b")]
    site.put("/feed", site.rss(*entries))
    look(collecting, source)
    before = collecting.storage.change_number()
    site.put("/feed", site.rss(*reversed(entries), title="Autre"))
    outcome = look(collecting, source)
    assert (outcome.new, outcome.changed, outcome.same) == (0, 0, 2)
    assert collecting.storage.change_number() == before


def test_one_changed_entry_is_one_change(collecting: Desk, site, source: Source, clock):
    first, second = (site.entry(name, guid=f"{GUID}{name}", pubDate="Fri, 04 Oct 2024 08:00:00 GMT") for name in "ab")
    site.put("/feed", site.rss(first, second))
    look(collecting, source)
    clock.forward(hours=1)
    site.put("/feed", site.rss(first, second.replace("<title>b", "<title>B, corrigé")))
    outcome = look(collecting, source)
    assert (outcome.new, outcome.changed, outcome.same) == (0, 1, 1)
    changed = next(item for item in items_of(collecting, source) if item.title == "B, corrigé")
    assert (changed.version, changed.updated) == (2, collecting.now())
    assert changed.published == datetime(2024, 10, 4, 8, tzinfo=UTC), "a change is no new date"


def test_entries_of_one_day_keep_the_order_of_the_page(collecting: Desk, site, source: Source):
    entries = [site.entry(name, guid=f"{GUID}{name}", pubDate="Fri, 04 Oct 2024 08:00:00 GMT") for name in "abc"]
    site.put("/feed", site.rss(*entries))
    look(collecting, source)
    assert [view.item.title for view in listing(collecting).items] == ["a", "b", "c"]


def test_what_staff_changed_wins_over_later_refreshes(collecting: Desk, site, source: Source):
    site.put("/feed", site.rss(site.entry("Titre", guid=f"{GUID}1", description="Un", category="Doctorat")))
    look(collecting, source)
    (item,) = items_of(collecting, source)
    edit_item(
        collecting, item.id, Draft("Mieux", ("masters",), date="2026-02-01"), "cli",
        only=frozenset({"title", "categories", "date"}),
    )  # fmt: skip
    later = site.entry("TITRE", guid=f"{GUID}1", description="Deux", category="Ingénieurs",
                       pubDate="Sun, 01 Mar 2026 08:00:00 GMT")  # fmt: skip
    site.put("/feed", site.rss(later))
    look(collecting, source)
    (after,) = items_of(collecting, source)
    assert (after.title, after.summary, after.day) == ("Mieux", "Deux", date(2026, 2, 1))
    assert [view.item.id for view in listing(collecting, "masters").items] == [item.id]
    assert listing(collecting, "ingenieurs").items == ()


def test_a_withdrawn_item_is_not_collected_again(collecting: Desk, site, source: Source):
    site.put("/feed", site.rss(site.entry("Une", guid=f"{GUID}1")))
    look(collecting, source)
    retract_item(collecting, items_of(collecting, source)[0].id, "cli")
    site.put("/feed", site.rss(site.entry("Une, encore", guid=f"{GUID}1")))
    outcome = look(collecting, source)
    assert (outcome.new, outcome.changed) == (0, 0)
    (item,) = items_of(collecting, source)
    assert (item.status, item.title) == (Status.WITHDRAWN, "Une")


def test_an_item_that_left_the_window_is_kept(collecting: Desk, site, source: Source):
    site.put("/feed", site.rss(site.entry("Une", guid=f"{GUID}1")))
    look(collecting, source)
    site.put("/feed", site.rss(site.entry("Deux", guid=f"{GUID}2")))
    look(collecting, source)
    assert sorted(view.item.title for view in listing(collecting).items) == ["Deux", "Une"]


def test_a_date_ahead_of_now_is_now(collecting: Desk, site, source: Source):
    site.put("/feed", site.rss(site.entry("Du futur", guid=f"{GUID}1", pubDate="Fri, 01 Jan 2038 08:00:00 GMT")))
    look(collecting, source)
    (item,) = items_of(collecting, source)
    assert (item.status, item.published) == (Status.PUBLISHED, collecting.now())


def test_old_entries_of_a_new_source_do_not_come_on_top(collecting: Desk, site, source: Source, post):
    post("D'hier")
    site.put("/feed", site.rss(site.entry("De 2019", guid=f"{GUID}1", pubDate="Tue, 01 Jan 2019 08:00:00 GMT")))
    look(collecting, source)
    assert [view.item.title for view in listing(collecting).items] == ["D'hier", "De 2019"]


def test_a_guid_on_the_sources_own_host_stays_the_items_identity(collecting: Desk, site, source: Source):
    entries = [
        site.entry("Même hôte", guid=f"{GUID}1"),
        site.entry("Autre hôte", guid="https://elsewhere.example.net/1"),
        site.entry("Aucun hôte", guid="42"),
    ]
    site.put("/feed", site.rss(*entries))
    look(collecting, source)
    guids = {item.title: (item.guid, item.id) for item in items_of(collecting, source)}
    assert guids["Même hôte"][0] == f"{GUID}1"
    assert guids["Autre hôte"][0] == f"urn:uuid:{guids['Autre hôte'][1]}"
    assert guids["Aucun hôte"][0] == f"urn:uuid:{guids['Aucun hôte'][1]}"


def test_a_guid_serves_one_item_only(collecting: Desk, site, source: Source):
    site.put("/feed", site.rss(site.entry("Une", guid=f"{GUID}1", link=f"{LINK}1")))
    site.put("/autre", site.rss(site.entry("Une autre", guid=f"{GUID}1", link=f"{LINK}autre")))
    other = add_source(
        collecting, NewSource(site.url("/autre"), "feed", trust="publish", categories=("masters",)), "cli"
    )
    look(collecting, source)
    look(collecting, other)
    (first,), (second,) = items_of(collecting, source), items_of(collecting, other)
    assert first.guid == f"{GUID}1"
    assert second.guid == f"urn:uuid:{second.id}"


def test_an_identity_outlives_a_change_of_guids(collecting: Desk, site, source: Source):
    site.put("/feed", site.rss(site.entry("Une", guid=f"{GUID}1", link=f"{LINK}1")))
    look(collecting, source)
    (before,) = items_of(collecting, source)
    site.put("/feed", site.rss(site.entry("Une", guid=f"{GUID}nouveau", link=LINK.replace("https", "http") + "1")))
    assert look(collecting, source).new == 0
    (after,) = items_of(collecting, source)
    assert (after.id, after.guid, after.updated) == (before.id, before.guid, before.updated)


def test_a_guid_that_was_met_on_an_unchanged_entry_recognises_its_next_edit(collecting: Desk, site, source: Source):
    for guid, title, link in (("1", "Une", f"{LINK}1"), ("2", "Une", f"{LINK}1"), ("2", "Deux", f"{LINK}ailleurs")):
        site.put("/feed", site.rss(site.entry(title, guid=guid, link=link)))
        look(collecting, source)
    (item,) = items_of(collecting, source)
    assert (item.title, item.link, item.version) == ("Deux", f"{LINK}ailleurs", 2)


def test_a_new_guid_at_every_request_makes_one_item_and_does_not_fill_the_table(collecting: Desk, site, source: Source):
    for number in range(20):
        site.put("/feed", site.rss(site.entry("Une", guid=str(number), link=f"{LINK}1")))
        look(collecting, source)
    (item,) = items_of(collecting, source)
    names = [Alias("guid", str(number)) for number in range(20)]
    with collecting.storage.read() as reader:
        known = {int(name.value) for name in reader.known(source.id, names)}
    assert (item.version, known) == (1, {0, *range(20 - MOST_LEARNED, 20)})


def test_the_same_story_of_two_sources_stands_once(collecting: Desk, site, source: Source):
    site.put("/feed", site.rss(site.entry("Une", guid=f"{GUID}1", link=f"{LINK}1?utm_source=rss")))
    site.put("/autre", site.rss(site.entry("Une, vue d'ailleurs", guid="x", link=f"{LINK}1/")))
    other = add_source(
        collecting, NewSource(site.url("/autre"), "feed", trust="publish", categories=("masters",)), "cli"
    )
    look(collecting, source)
    before = collecting.storage.change_number()
    assert look(collecting, other).new == 1
    (first,), (second,) = items_of(collecting, source), items_of(collecting, other)
    assert (second.merged_into, second.story_id) == (first.id, first.story_id)
    assert [view.item.id for view in listing(collecting).items] == [first.id]
    assert [item.id for item in list_items(collecting)] == [first.id]
    assert collecting.storage.change_number() == before, "nothing public has changed"


def test_what_two_untrusted_sources_tell_is_public_once_when_both_are_accepted(collecting: Desk, site):
    from desk.items.review import accept, waiting

    for path in ("/a", "/b"):
        site.put(path, site.rss(site.entry(f"Vue de {path}", guid=path, link=f"{LINK}1")))
        refresh(collecting, [add_source(collecting, NewSource(site.url(path), "feed"), "cli")])
    assert accept(collecting, [item.id for item in waiting(collecting)], "cli") == 2
    assert len(listing(collecting).items) == 1


def test_a_copy_of_what_is_public_already_waits_for_nobody(collecting: Desk, site, source: Source):
    from desk.items.review import waiting

    site.put("/feed", site.rss(site.entry("Une", link=f"{LINK}1")))
    site.put("/autre", site.rss(site.entry("Une aussi", link=f"{LINK}1")))
    look(collecting, source)
    look(collecting, add_source(collecting, NewSource(site.url("/autre"), "feed"), "cli"))
    assert waiting(collecting) == ()
    with collecting.storage.read() as reader:
        assert Status.REVIEW not in reader.item_counts()


def test_a_refresh_moves_only_the_feeds_it_concerns(collecting: Desk, site, source: Source, clock):
    site.put("/feed", site.rss(site.entry("Une", guid=f"{GUID}1", category="Doctorat")))
    clock.forward(hours=1)
    look(collecting, source)
    with collecting.storage.read() as reader:
        moved = {
            text: reader.feed_state(resolve(reader, text)).changed_at == collecting.now()
            for text in ("all", "all.fr", "doctorat", "doctorat.fr", "doctorat.en", "ingenieurs")
        }
    assert moved == {
        "all": True, "all.fr": True, "doctorat": True, "doctorat.fr": True, "doctorat.en": False, "ingenieurs": False,
    }  # fmt: skip


def test_several_sources_are_looked_at_together(collecting: Desk, site):
    sources = []
    for number in range(5):
        url = site.put(f"/{number}", site.rss(site.entry(f"n{number}", guid=f"{number}")))
        sources.append(add_source(collecting, NewSource(url, "feed", trust="publish", categories=("masters",)), "cli"))
    seen = []
    outcomes = refresh(collecting, sources, progress=seen.append)
    assert {outcome.source.id for outcome in outcomes} == {source.id for source in sources}
    assert tuple(seen) == outcomes
    assert len(listing(collecting).items) == 5
