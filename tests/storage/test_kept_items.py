"""Items as they are kept: whole, found again by every name, and never shown too early."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from news.errors import Conflict
from news.items import Image, Origin, Status
from news.recognise import Alias
from storage.records import ItemQuery, Known


def listed(room, **asked):
    with room.storage.read() as reader:
        return [item.title for item in reader.items(ItemQuery(**asked))]


def test_an_item_comes_back_as_it_was_given(room):
    source, category = room.source(), room.category("masters")
    told = room.post("L’originale")
    item = room.item(
        "Un « titre » 🎓",
        category,
        language="en",
        status=Status.WITHDRAWN,
        link="https://example.org/a?b=1#c",
        summary="Deux\n\nparagraphes",
        content_html="<p>x</p>",
        author="Zoé",
        image=Image("https://example.org/i.jpg", "alt", 3, 4),
        day=date(2026, 3, 2),
        first_published=room.now,
        withdrawn=room.now + timedelta(hours=1),
        origin=Origin(source.id, source.name, "guid 1", ("R&D", "à part"), False),
        overridden=frozenset({"title", "date"}),
        merged_into=told.id,
        version=7,
    )
    room.keep(item)
    with room.storage.read() as reader:
        assert reader.item(item.id) == item


def test_an_item_that_is_not_there_is_none(room):
    with room.storage.read() as reader:
        assert reader.item("0190f4e4-0000-7000-8000-000000000000") is None


def test_a_change_replaces_the_item_and_keeps_its_place_among_ties(room):
    first, second = room.post("Une"), room.post("Deux")
    room.keep(first, title="Une, corrigée")
    assert [item.title for item in room.shelf()] == ["Deux", "Une, corrigée"]
    assert room.shelf()[0] == second


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.PUBLISHED])
def test_nothing_but_the_published_is_in_any_public_reading(room, status):
    category = room.category("masters")
    hidden = room.post(
        "Secret", category, status=status, link="https://example.org/a", due=room.now - timedelta(days=1)
    )
    with room.storage.read() as reader:
        assert reader.shelf(room.selection(category), limit=9) == ()
        assert reader.shelf(room.selection(), limit=9, text="secret", prefer="fr") == ()
        assert reader.story(hidden.story_id) == ()
        assert reader.visible_by_canonical(["example.org/a"]) == {}
        assert set(reader.category_counts().values()) == {0}


def test_a_copy_is_in_no_public_reading(room):
    told = room.post("Racontée", link="https://example.org/a")
    copy = room.post("Racontée", merged_into=told.id, story_id=told.story_id, link="https://example.org/a?utm_source=x")
    with room.storage.read() as reader:
        assert reader.story(told.story_id) == (told,)
        assert reader.visible_by_canonical(["example.org/a"]) == {"example.org/a": told}
        assert reader.shelf(room.selection(), limit=9, text="racontée") == (told,)
        assert reader.item(copy.id) == copy


def test_staff_find_items_by_status_category_source_language_owner_date_and_words(room):
    source, category = room.source(), room.category("masters")
    room.post("À l’école", category)
    room.post("Brouillon", status=Status.DRAFT, published=None)
    room.post("Venue d’ailleurs", origin=Origin(source.id, source.name), language="en")
    room.post("Ancienne", published=room.now - timedelta(days=9))
    assert listed(room, statuses=frozenset({Status.DRAFT})) == ["Brouillon"]
    assert listed(room, category_id=category.id) == ["À l’école"]
    assert listed(room, source_id=source.id) == listed(room, language="en") == ["Venue d’ailleurs"]
    assert listed(room, owner_id="nobody") == []
    assert "Ancienne" not in listed(room, since=room.now)
    assert listed(room, text="ecole") == ["À l’école"]
    assert listed(room) == ["Venue d’ailleurs", "Brouillon", "À l’école", "Ancienne"]
    assert listed(room, limit=2, offset=1) == ["Brouillon", "À l’école"]


def test_a_source_s_list_has_its_copies_unless_they_are_left_out(room):
    source, told = room.source(), room.post("Racontée")
    room.post("Copie", merged_into=told.id, origin=Origin(source.id, source.name))
    assert listed(room, source_id=source.id) == ["Copie"]
    assert listed(room, source_id=source.id, copies=False) == []
    with room.storage.read() as reader:
        assert reader.source_item_counts() == {source.id: 1}


def test_scheduled_items_are_due_at_their_moment_earliest_first(room):
    soon, now = room.now + timedelta(minutes=5), room.now
    later = room.post("Plus tard", status=Status.SCHEDULED, due=soon)
    due = room.post("Maintenant", status=Status.SCHEDULED, due=now)
    with room.storage.read() as reader:
        assert reader.due_items(now - timedelta(seconds=1)) == ()
        assert reader.due_items(now) == (due,)
        assert reader.due_items(soon) == (due, later)
        assert reader.due_items(soon, limit=1) == (due,)
        assert reader.next_due() == now


def test_nothing_scheduled_is_next_due_never(room):
    room.post("Publiée")
    with room.storage.read() as reader:
        assert reader.next_due() is None


def test_no_two_items_have_the_same_public_identity(room):
    source = room.source()
    kept = Origin(source.id, source.name, "https://partenaire.example/1", keeps_guid=True)
    room.post("Une", origin=kept)
    with pytest.raises(Conflict):
        room.post("Deux", origin=kept)
    room.post("Trois", origin=replace(kept, keeps_guid=False))
    with room.storage.read() as reader:
        assert reader.kept_guids([str(number) for number in range(700)] + [str(kept.guid)]) == {kept.guid}
    assert [item.title for item in room.shelf()] == ["Trois", "Une"]


def test_a_source_s_entries_are_known_by_every_alias_and_to_no_other_source(room):
    source, other = room.source(), room.source("Autre")
    item = room.post("Une", origin=Origin(source.id, source.name))
    names = [Alias("guid", "1"), Alias("link", "https://partenaire.example/1")]
    with room.storage.transaction() as tx:
        tx.put_aliases(source.id, item.id, names, "print")
    with room.storage.read() as reader:
        assert reader.known(source.id, [*names, Alias("guid", "2")]) == dict.fromkeys(names, Known(item, "print"))
        assert reader.known(other.id, names) == {}


def test_many_aliases_are_looked_up_at_once(room):
    source, item = room.source(), room.post("Une")
    names = [Alias("guid", str(number)) for number in range(1000)]
    with room.storage.transaction() as tx:
        tx.put_aliases(source.id, item.id, names, "print")
    with room.storage.read() as reader:
        assert len(reader.known(source.id, names)) == 1000


def test_an_alias_keeps_meaning_the_copy_it_first_meant_and_the_fingerprint_is_the_last(room):
    source, name = room.source(), Alias("link", "https://partenaire.example/")
    first, second = room.post("Une"), room.post("Deux")
    with room.storage.transaction() as tx:
        tx.put_aliases(source.id, first.id, [name], "old")
        tx.put_aliases(source.id, second.id, [name], "other")
        tx.put_aliases(source.id, first.id, [name], "new")
    with room.storage.read() as reader:
        assert reader.known(source.id, [name]) == {name: Known(first, "new")}


HOSTILE = ["", '"', "*", "NEAR(", "title:x", "^a", "-a", "(", "';", "{}", "½", "́", "𝔸", 'a"b', ""]


@pytest.mark.parametrize("text", [*HOSTILE, "a AND", "a OR b", "\x00", "\ud800", "a\x00b", "é" * 5000, "a " * 500])
def test_no_text_searched_for_is_an_error(room, text):
    room.post("a b title x")
    with room.storage.read() as reader:
        reader.shelf(room.selection(), limit=5, text=text)
        reader.items(ItemQuery(text=text))


def test_search_reads_title_summary_body_and_author_and_follows_changes(room):
    item = room.post("Titre", summary="résumé", content_html="<p>corps&nbsp;entier</p>", author="Zoé Ürün")
    for word in ("titre", "resume", "corps", "entier", "zoe urun"):
        assert room.shelf(text=word) == [item]
    assert room.shelf(text="p") == []
    changed = room.keep(item, title="Autre", content_html="")
    assert room.shelf(text="titre") == room.shelf(text="corps") == []
    assert room.shelf(text="autre") == [changed]


def test_a_word_with_its_accents_written_apart_is_found(room):
    item = room.post("À l’école")
    assert room.shelf(text="e\u0301cole") == [item]


def test_a_translation_without_the_words_sought_hides_nothing(room):
    french = room.post("Les ingénieurs")
    english = room.post("Engineers", language="en", story_id=french.story_id)
    assert room.shelf(prefer="fr") == [french]
    assert room.shelf(prefer="fr", text="engineers") == [english]


def test_a_translation_outside_the_category_hides_nothing(room):
    category = room.category("masters")
    french = room.post("En français")
    english = room.post("In English", category, language="en", story_id=french.story_id)
    assert room.shelf(category, prefer="fr") == [english]


def test_a_language_of_the_newsrooms_goes_before_a_third_and_then_the_newest(room):
    german = room.post("Auf Deutsch", language="de")
    room.later(hours=-1)
    french = room.post("En français", story_id=german.story_id)
    assert room.shelf(prefer="en") == [french]
    assert room.shelf(prefer="de") == [german]
