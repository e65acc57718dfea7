"""What is new, changed or the same, whatever sources do to their identifiers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from news.arrivals import Situation, matched, new_item, refreshed
from news.collected import Collected
from news.items import Image, Status, When
from news.recognise import aliases, fingerprint, one_each
from news.sources import Trust

HERE = "https://partenaire.example/"
ENTRY = Collected("Un titre", "guid-1", HERE + "1", "Résumé", "<p>x</p>", "Zoé", terms=("Masters",))


def known_of(*entries):
    """What is remembered of ``entries``, each under its place; the first to take a name keeps it."""
    known = {}
    for place, entry in enumerate(entries):
        for alias in aliases(entry):
            known.setdefault(alias, place)
    return known


@pytest.fixture
def situation(source, now, paris):
    return Situation(source, now, paris, "fr")


@pytest.fixture
def arrived(situation):
    """The item an entry becomes."""

    def make(entry=ENTRY, *, same_story=None, guid_is_free=True, categories=frozenset({"c"}), **said):
        return new_item(
            entry,
            replace(situation, **said),
            categories,
            item_id="i1",
            same_story=same_story,
            guid_is_free=guid_is_free,
        )

    return make


@pytest.mark.parametrize(
    "again",
    [
        replace(ENTRY, title="Autre titre", link=HERE + "deplacee"),
        replace(ENTRY, guid="guid-changé"),
        replace(ENTRY, guid=None),
        replace(ENTRY, guid="autre", link="http://www.partenaire.example/1/?utm_source=rss#top"),
    ],
)
def test_an_entry_is_known_again_by_guid_link_or_canonical_link(again):
    assert matched([again], known_of(ENTRY)) == [0]


def test_another_guid_and_another_link_is_another_entry():
    assert matched([replace(ENTRY, guid="2", link=HERE + "2")], known_of(ENTRY)) == [None]


def test_no_two_entries_become_one_copy_and_the_guid_counts_most():
    moved, thief = replace(ENTRY, link=HERE + "9"), replace(ENTRY, guid="2")
    assert matched([thief, moved], known_of(ENTRY)) == [None, 0]


def test_the_exact_link_counts_more_than_its_canonical_form():
    plain = replace(ENTRY, guid=None)
    assert matched([replace(plain, link=HERE + "1#neuf"), plain], known_of(plain)) == [None, 0]


def test_a_link_that_all_entries_share_tells_none_of_them_apart():
    old = [replace(ENTRY, guid=str(number), link=HERE) for number in range(2)]
    new = [replace(ENTRY, guid=str(number), link=HERE) for number in range(1, 4)]
    assert matched(new, known_of(*old)) == [1, None, None]


def test_an_entry_with_neither_guid_nor_link_is_known_again_by_title_and_date():
    bare = replace(ENTRY, guid=None, link=None)
    assert matched([replace(bare, summary="Autre")], known_of(bare)) == [0]
    later = replace(bare, published=When(day=date(2026, 3, 1)))
    assert matched([later, replace(bare, title="Autre")], known_of(bare)) == [None, None]


def test_a_document_that_repeats_itself_is_read_once():
    twice = [ENTRY, replace(ENTRY, title="Répété"), replace(ENTRY, guid="2")]
    assert one_each(twice) == [ENTRY, twice[2]]
    bare = [replace(ENTRY, guid=None), replace(ENTRY, guid=None, link="http://www.partenaire.example/1")]
    assert one_each(bare) == bare[:1]
    titled = [replace(ENTRY, guid=None, link=None), replace(ENTRY, guid=None, link=None, summary="Autre")]
    assert one_each(titled) == titled[:1]


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "Autre"}, {"link": HERE + "2"}, {"summary": "Autre"}, {"content_html": "y"}, {"author": None},
        {"image": Image("https://example.org/i.png")}, {"terms": ("Doctorat",)}, {"language": "en"},
        {"published": When(day=date(2026, 3, 1))}, {"updated": When(moment=datetime(2026, 3, 1, tzinfo=UTC))},
    ],
)  # fmt: skip
def test_another_fingerprint_means_that_the_source_changed_something(changed):
    assert fingerprint(replace(ENTRY)) == fingerprint(ENTRY)
    assert fingerprint(replace(ENTRY, **changed)) != fingerprint(ENTRY)


def test_a_fingerprint_never_fails():
    assert len(fingerprint(replace(ENTRY, title="\ud800"))) == 64


def test_a_trusted_source_publishes_and_another_waits_for_review(arrived, source):
    assert arrived().status is Status.PUBLISHED
    assert arrived(source=replace(source, trust=Trust.REVIEW)).status is Status.REVIEW


def test_an_item_gets_its_categories_and_without_any_waits_for_a_person(arrived):
    item = arrived(categories=frozenset({"b"}))
    assert (item.categories, item.status) == ({"b"}, Status.PUBLISHED)
    assert arrived(categories=frozenset()).status is Status.REVIEW
    assert item.origin and item.origin.terms == ("Masters",)


def test_old_news_keeps_its_date_and_undated_news_is_of_now(arrived, now):
    old = arrived(replace(ENTRY, published=When(moment=now - timedelta(days=900))))
    assert (old.published, old.updated) == (now - timedelta(days=900),) * 2
    assert arrived().published == now


def test_a_date_ahead_of_now_is_not_believed(arrived, now):
    for when in (When(moment=now + timedelta(hours=1)), When(day=now.date() + timedelta(days=1))):
        item = arrived(replace(ENTRY, published=when))
        assert (item.status, item.published, item.day) == (Status.PUBLISHED, now, None)


def test_a_day_stays_a_day(arrived):
    item = arrived(replace(ENTRY, published=When(day=date(2024, 10, 4))))
    assert (item.day, item.published) == (date(2024, 10, 4), datetime(2024, 10, 4, 10, 30, tzinfo=UTC))


@pytest.mark.parametrize(("ahead", "believed"), [(-1, True), (1, False)])
def test_an_update_is_believed_when_it_lies_between_publication_and_now(arrived, now, ahead, believed):
    said = now + timedelta(hours=ahead)
    day_before = now - timedelta(days=1)
    item = arrived(replace(ENTRY, published=When(moment=day_before), updated=When(moment=said)))
    assert item.updated == (said if believed else day_before)


@pytest.mark.parametrize(
    ("guid", "free", "keeps"),
    [
        (HERE + "?p=1", True, True),
        (HERE + "?p=1", False, False),
        ("https://ailleurs.example/1", True, False),
        (None, True, False),
    ],
)
def test_a_guid_stays_only_if_it_is_the_source_s_own_and_free(arrived, guid, free, keeps):
    item = arrived(replace(ENTRY, guid=guid), guid_is_free=free)
    assert item.guid == (guid if keeps else "urn:uuid:i1")


def test_a_story_another_source_told_already_is_a_copy_of_it(arrived, item):
    told = item(id="i0", story_id="s0")
    copy = arrived(same_story=told)
    assert (copy.merged_into, copy.story_id, copy.visible) == ("i0", "s0", False)
    assert copy.origin and not copy.origin.keeps_guid


@pytest.mark.parametrize(
    ("own", "entry", "document", "language"),
    [("en", "fr", "fr", "en"), (None, "en_GB", "fr", "en"), (None, None, "en-US", "en"), (None, None, None, "fr")],
)
def test_the_language_is_the_source_s_or_the_entry_s_or_the_document_s_or_ours(
    arrived, source, own, entry, document, language
):
    made = arrived(replace(ENTRY, language=entry), source=replace(source, language=own), language=document)
    assert made.language == language


def test_what_a_source_changes_is_changed(arrived, situation, now):
    item = arrived(replace(ENTRY, published=When(moment=now - timedelta(days=1))))
    later = replace(situation, now=now + timedelta(hours=1))
    entry = replace(ENTRY, title="Corrigé", terms=("Autre",), published=When(moment=now - timedelta(days=2)))
    after = refreshed(item, entry, later, frozenset({"c"}))
    assert (after.title, after.categories, after.published) == ("Corrigé", {"c"}, now - timedelta(days=2))
    assert after.updated == later.now
    assert after.origin and after.origin.terms == ("Autre",)
    assert after.guid == item.guid


def test_what_staff_changed_stays(arrived, situation, now):
    mine = frozenset({"title", "categories", "date", "link"})
    item = replace(arrived(), overridden=mine, title="Le nôtre", categories=frozenset({"a"}))
    entry = replace(ENTRY, title="Le leur", summary="Autre", link=HERE + "2", published=When(day=date(2024, 1, 1)))
    after = refreshed(item, entry, situation, frozenset({"b"}))
    assert (after.title, after.categories, after.link, after.published) == ("Le nôtre", {"a"}, ENTRY.link, now)
    assert after.summary == "Autre"


def test_a_withdrawn_item_is_left_alone(arrived, situation):
    item = replace(arrived(), status=Status.WITHDRAWN)
    assert refreshed(item, replace(ENTRY, title="Encore"), situation, frozenset()) == item


@pytest.mark.parametrize("status", [Status.DRAFT, Status.REVIEW, Status.SCHEDULED])
def test_a_refresh_publishes_nothing(arrived, situation, now, status):
    item = replace(arrived(), status=status, due=now + timedelta(days=1))
    after = refreshed(item, replace(ENTRY, title="Autre", published=When(day=date(2024, 1, 1))), situation, frozenset())
    assert after.status is status


def test_a_date_that_stays_ahead_of_now_does_not_lift_the_item_at_each_change(arrived, situation, now):
    ahead = When(moment=now + timedelta(days=400))
    item = arrived(replace(ENTRY, published=ahead))
    later = replace(situation, now=now + timedelta(days=2))
    after = refreshed(item, replace(ENTRY, title="Corrigé", published=ahead), later, frozenset())
    assert (after.title, after.published) == ("Corrigé", now)


def test_a_source_that_turns_to_https_has_changed_no_news(arrived, situation, now):
    item = arrived(replace(ENTRY, link="http://partenaire.example/1"))
    after = refreshed(item, ENTRY, replace(situation, now=now + timedelta(days=1)), frozenset())
    assert (after.link, after.updated) == (ENTRY.link, item.updated)
