"""One story, several sources: proposed, joined, kept apart, and remembered."""

from collections.abc import Callable

import pytest

from desk.collecting.collect import refresh
from desk.context import Desk
from desk.items.listing import ItemFilter, list_items
from desk.items.posting import get_item, history_of, retract_item
from desk.items.review import accept, refuse, waiting
from desk.items.views import item_json
from desk.publishing.browse import item_page, listing
from desk.sources.registry import NewSource, add_source, get_source
from desk.stories.merging import keep_apart, merge_items, resembling, split_item
from news.errors import InvalidInput, NotAllowed, NotFound
from news.items import Item, Status
from news.users import User

TITLE = "Une chaire d’hydrologie ouvre à Port-Sévigny"
Tell = Callable[..., Item]


@pytest.fixture
def tell(collecting: Desk, site) -> Tell:
    """A source of that name says something; its item."""

    def said(name: str, title: str, trust: str = "publish", **fields: str) -> Item:
        fields = {"guid": f"{name}-1", "link": f"https://{name}.example/1", "category": "Masters"} | fields
        url = site.put(f"/{name}", site.rss(site.entry(title, **fields)))
        source = add_source(collecting, NewSource(url, "feed", name=name, trust=trust), "cli")
        (outcome,) = refresh(collecting, [get_source(collecting, source.id)])
        assert outcome.error is None
        return next(iter(list_items(collecting, ItemFilter(source=source.id))))

    return said


def public(desk: Desk) -> list[str]:
    return [view.item.id for view in listing(desk).items]


def test_a_near_equal_title_of_another_source_waits_as_a_proposal(collecting: Desk, tell: Tell):
    first = tell("ecole", TITLE)
    second = tell("ministere", "Port-Sévigny : une chaire d'hydrologie ouvre")
    assert public(collecting) == [first.id]
    assert second.status is Status.REVIEW
    assert resembling(collecting, [second.id]) == {second.id: (first,)}


def test_what_staff_posted_is_resembled_too(collecting: Desk, tell: Tell, post):
    mine = post(TITLE, "masters", date="2026-03-02")
    second = tell("ministere", TITLE)
    assert [other.id for other in resembling(collecting, [second.id])[second.id]] == [mine.id]


def test_similar_texts_under_other_titles_are_proposed(collecting: Desk, tell: Tell):
    text = " ".join(f"mot{n}" for n in range(40))
    tell("ecole", "Quarante bourses de mobilité pour la Baltique", description=text)
    second = tell("ministere", "Bourses de mobilité : convention pour la Baltique", description=text)
    assert second.status is Status.REVIEW


@pytest.mark.parametrize(
    ("title", "fields"),
    [
        ("Une chaire de robotique ouvre à Lyon", {}),
        (TITLE, {"pubDate": "Mon, 02 Feb 2026 08:00:00 GMT"}),
    ],
)
def test_another_subject_or_another_month_is_another_story(collecting: Desk, tell: Tell, title, fields):
    tell("ecole", TITLE)
    assert tell("ministere", title, **fields).status is Status.PUBLISHED


def test_another_language_is_no_copy(collecting: Desk, tell: Tell, site):
    tell("ecole", "Innovation, transition, mutation: Port-Sévigny")
    url = site.put("/en", site.rss(site.entry("Innovation, transition, mutation: Port-Sévigny", category="Masters")))
    source = add_source(collecting, NewSource(url, "feed", trust="publish", language="en"), "cli")
    refresh(collecting, [source])
    assert len(public(collecting)) == 2


def test_joined_it_is_public_once_with_every_source_credited(collecting: Desk, tell: Tell):
    first = tell("ecole", TITLE)
    second, third = tell("ministere", TITLE), tell("partenaire", TITLE)
    merge_items(collecting, second.id, first.id, "cli")
    merge_items(collecting, third.id, first.id, "cli")
    assert public(collecting) == [first.id]
    assert waiting(collecting) == ()
    assert [credit.name for credit in item_page(collecting, first.id).credits] == ["ecole", "ministere", "partenaire"]
    with collecting.storage.read() as reader:
        told = item_json(collecting, reader, get_item(collecting, first.id))
    assert [(one["name"], one["link"]) for one in told["sources"]] == [
        ("ecole", "https://ecole.example/1"), ("ministere", "https://ministere.example/1"),
        ("partenaire", "https://partenaire.example/1"),
    ]  # fmt: skip
    assert history_of(collecting, "item", second.id)[0].action == "merged"


def test_what_nobody_approved_is_credited_by_name_and_its_link_only_where_it_is_the_storys(
    collecting: Desk, tell: Tell
):
    first = tell("ecole", TITLE)
    tell("inconnue", "La même", trust="review", link=first.link + "/?utm_source=x")
    tell("inconnue", "La même", trust="review", link="https://evil.example/")
    tell("retiree", "La même", link=first.link)
    retract_item(
        collecting, list_items(collecting, ItemFilter(source=tell("retiree", "x").origin.source_id))[0].id, "cli"
    )
    credits = item_page(collecting, first.id).credits
    assert [(credit.name, credit.link) for credit in credits] == [("ecole", first.link), ("inconnue", None)]


def test_a_joined_copys_later_edits_do_not_come_back(collecting: Desk, tell: Tell):
    first, second = tell("ecole", TITLE), tell("ministere", TITLE)
    merge_items(collecting, second.id, first.id, "cli")
    number = collecting.storage.change_number()
    assert tell("ministere", "Tout autre titre que personne ne connaît", guid="autre").id == second.id
    assert (public(collecting), collecting.storage.change_number()) == ([first.id], number)


def test_what_is_public_stays_public_whichever_is_named_first(collecting: Desk, tell: Tell):
    first, second = tell("ecole", TITLE), tell("ministere", TITLE)
    assert merge_items(collecting, first.id, second.id, "cli").id == first.id
    assert public(collecting) == [first.id]


def test_two_that_are_public_become_one_and_readers_are_told_that_the_other_left(collecting: Desk, tell: Tell, post):
    first, second = post("Une", "masters"), post("Deux", "masters")
    merge_items(collecting, second.id, first.id, "cli")
    assert public(collecting) == [first.id]
    split_item(collecting, second.id, "cli")
    assert set(public(collecting)) == {first.id, second.id}
    after = get_item(collecting, second.id)
    assert (after.published, after.updated, after.story_id) == (second.published, second.updated, second.id)


def test_copies_follow_what_they_were_joined_to(collecting: Desk, post):
    one, two, three = post("Une"), post("Deux"), post("Trois")
    merge_items(collecting, one.id, two.id, "cli")
    merge_items(collecting, two.id, three.id, "cli")
    assert get_item(collecting, one.id).merged_into == three.id
    with pytest.raises(InvalidInput):
        merge_items(collecting, three.id, one.id, "cli")


def test_a_split_pair_is_never_proposed_again(collecting: Desk, tell: Tell):
    first, second = tell("ecole", TITLE), tell("ministere", TITLE)
    merge_items(collecting, second.id, first.id, "cli")
    split_item(collecting, second.id, "cli")
    assert [item.id for item in waiting(collecting)] == [second.id]
    assert resembling(collecting, [second.id, first.id]) == {}
    tell("ministere", TITLE + " !")
    assert resembling(collecting, [second.id]) == {}


def test_kept_apart_they_are_two_stories_also_when_the_link_becomes_the_same(collecting: Desk, tell: Tell):
    first, second = tell("ecole", TITLE), tell("ministere", TITLE)
    keep_apart(collecting, second.id, first.id, "cli")
    assert resembling(collecting, [second.id]) == {}
    tell("ministere", TITLE, link=first.link)
    accept(collecting, [second.id], "cli")
    assert set(public(collecting)) == {first.id, second.id}


def test_accepting_says_that_it_is_a_story_of_its_own(collecting: Desk, tell: Tell):
    first, second = tell("ecole", TITLE), tell("ministere", TITLE)
    accept(collecting, [second.id], "cli")
    assert set(public(collecting)) == {first.id, second.id}
    assert resembling(collecting, [first.id, second.id]) == {}


@pytest.mark.parametrize("decision", [retract_item, lambda desk, item_id, actor: refuse(desk, [item_id], actor)])
def test_a_story_that_was_taken_back_does_not_return_by_another_source(collecting: Desk, tell: Tell, decision):
    first = tell("ecole", TITLE, trust="review" if decision is not retract_item else "publish")
    decision(collecting, first.id, "cli")
    copy = tell("ministere", "Vue d’ailleurs", link=first.link)
    assert copy.merged_into == first.id
    resembling_one = tell("partenaire", TITLE)
    assert (resembling_one.status, public(collecting)) == (Status.REVIEW, [])


def test_what_went_with_a_removed_source_may_come_back(collecting: Desk, tell: Tell):
    from desk.sources.registry import remove_source

    first = tell("ecole", TITLE)
    remove_source(collecting, first.origin.source_id, "withdraw", "cli")
    assert public(collecting) == []
    assert tell("ecole", TITLE).status is Status.PUBLISHED


@pytest.mark.parametrize(("trust", "shown"), [("publish", 1), ("review", 0)])
def test_a_story_that_others_tell_too_goes_on_when_its_source_is_taken_back(collecting: Desk, tell: Tell, trust, shown):
    from desk.sources.registry import remove_source

    first = tell("ecole", TITLE, link="https://ecole.example/chaire")
    second = tell("ministere", TITLE, trust=trust, link="https://ecole.example/chaire")
    third = tell("lab", TITLE, trust="review", link="https://ecole.example/chaire")
    assert (second.merged_into, third.merged_into, public(collecting)) == (first.id, first.id, [first.id])
    remove_source(collecting, first.origin.source_id, "withdraw", "cli")
    assert public(collecting) == [second.id][:shown]
    heir = get_item(collecting, second.id)
    assert (heir.merged_into, heir.published, heir.story_id) == (None, second.published, first.story_id)
    assert get_item(collecting, third.id).merged_into == second.id
    assert [item.id for item in waiting(collecting)] == [second.id][shown:]
    assert history_of(collecting, "item", second.id)[0].action == "took over the story"


def test_a_refused_entry_never_returns_also_with_another_guid(collecting: Desk, tell: Tell):
    item = tell("ecole", TITLE, trust="review")
    refuse(collecting, [item.id], "cli")
    assert tell("ecole", TITLE, guid="autre").id == item.id
    bare = tell("sans", TITLE, trust="review", link="", pubDate="Sun, 01 Mar 2026 08:00:00 GMT")
    refuse(collecting, [bare.id], "cli")
    assert tell("sans", TITLE, guid="2", link="", pubDate="Sun, 01 Mar 2026 08:00:00 GMT").id == bare.id
    assert waiting(collecting) == ()


def test_what_cannot_be_joined_is_refused_and_changes_nothing(collecting: Desk, post):
    one, english, draft = post("Une"), post("One", language="en"), post("Brouillon", status="draft")
    for item_id, into, error in (
        (one.id, one.id, InvalidInput), (one.id, english.id, InvalidInput), (draft.id, one.id, InvalidInput),
        (one.id, "x", NotFound),
    ):  # fmt: skip
        with pytest.raises(error):
            merge_items(collecting, item_id, into, "cli")
    with pytest.raises(InvalidInput):
        split_item(collecting, one.id, "cli")
    assert get_item(collecting, one.id) == one


def test_an_author_joins_and_splits_nothing(collecting: Desk, post, author: User):
    one, two = post("Une"), post("Deux")
    for refused in (
        lambda: merge_items(collecting, one.id, two.id, author), lambda: split_item(collecting, one.id, author),
        lambda: keep_apart(collecting, one.id, two.id, author),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            refused()


def test_our_own_news_is_not_collected_from_those_who_read_us(collecting: Desk, tell: Tell, site, post):
    ours = post("À nous", "masters")
    entries = [
        site.entry("Par son identité", guid=f"urn:uuid:{ours.id}", link="https://ailleurs.example/1"),
        site.entry("Par son adresse", guid="x", link=f"https://news.example.org/items/{ours.id}/a-nous"),
        site.entry("À eux", guid="y", link="https://ailleurs.example/2", category="Masters"),
    ]
    source = add_source(collecting, NewSource(site.put("/f", site.rss(*entries)), "feed", trust="publish"), "cli")
    refresh(collecting, [source])
    assert [item.title for item in list_items(collecting, ItemFilter(source=source.id))] == ["À eux"]
