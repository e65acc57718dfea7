"""A source's rules: changed, tried, applied again to what waits."""

from datetime import timedelta

import pytest

from desk.categories.registry import list_categories
from desk.collecting.collect import refresh
from desk.context import Desk
from desk.items.listing import ItemFilter, list_items
from desk.items.posting import edit_item, history_of
from desk.items.review import waiting
from desk.publishing.browse import listing
from desk.sources.registry import NewSource, add_source, get_source, try_source
from desk.sources.rules import Applied, NewRule, add_rule, apply_rules, effect_of, order_rules, remove_rule, try_rules
from news.drafts import Draft
from news.errors import Gone, InvalidInput, NotAllowed, NotFound
from news.items import Item, Status
from news.sources import Source
from news.users import User

OLD = "Fri, 04 Oct 2024 08:00:00 GMT"


@pytest.fixture
def source(collecting: Desk, site) -> Source:
    entries = [
        site.entry("Une thèse", guid="1", pubDate=OLD, category="Research"),
        site.entry("Un master", guid="2", pubDate=OLD, category="Masters"),
        site.entry("Un prix", guid="3", pubDate=OLD),
    ]
    url = site.put("/feed", site.rss(*entries))
    made = add_source(collecting, NewSource(url, "feed", name="Partenaire", trust="publish"), "cli")
    refresh(collecting, [made])
    return made


def statuses(desk: Desk, source: Source) -> dict[str, Status]:
    return {item.title: item.status for item in list_items(desk, ItemFilter(source=source.id))}


def titles(items: tuple[Item, ...]) -> set[str]:
    return {item.title for item in items}


def test_what_no_rule_places_waits_however_trusted_the_source(collecting: Desk, source: Source):
    assert [view.item.title for view in listing(collecting).items] == ["Un master"]
    assert titles(waiting(collecting)) == {"Une thèse", "Un prix"}


def test_a_changed_rule_publishes_what_waits_under_its_own_date_and_only_when_asked(collecting: Desk, source, clock):
    clock.forward(days=3)
    add_rule(collecting, source.id, NewRule("term", "research", ("doctorat",)), "cli")
    assert len(waiting(collecting)) == 2
    before = list_items(collecting)
    assert apply_rules(collecting, source.id, "cli", dry_run=True) == Applied(1, 1, 1)
    assert list_items(collecting) == before
    assert apply_rules(collecting, source.id, "cli") == Applied(1, 1, 1)
    (item,) = (view.item for view in listing(collecting, "doctorat").items)
    assert (item.title, item.published.year, item.updated, item.overridden) == (
        "Une thèse", 2024, item.published + timedelta(seconds=1), frozenset(),
    )  # fmt: skip
    assert titles(waiting(collecting)) == {"Un prix"}
    assert apply_rules(collecting, source.id, "cli") == Applied(0, 0, 1)


def test_what_staff_filed_stays_where_they_put_it_until_it_is_accepted(collecting: Desk, source: Source):
    prize = next(item for item in waiting(collecting) if item.title == "Un prix")
    edit_item(collecting, prize.id, Draft("", ("masters",)), "cli", only=frozenset({"categories"}))
    add_rule(collecting, source.id, NewRule("words", "prix, thèse", ("doctorat",)), "cli")
    apply_rules(collecting, source.id, "cli")
    assert [view.item.title for view in listing(collecting, "doctorat").items] == ["Une thèse"]
    assert {view.item.title for view in listing(collecting, "masters").items} == {"Un master", "Un prix"}


def test_what_is_public_is_not_filed_anew(collecting: Desk, source: Source):
    for _ in get_source(collecting, source.id).rules:
        remove_rule(collecting, source.id, 1, "cli")
    apply_rules(collecting, source.id, "cli")
    assert [view.item.title for view in listing(collecting, "masters").items] == ["Un master"]


def test_rules_keep_the_order_they_are_given(collecting: Desk, source: Source):
    add_rule(collecting, source.id, NewRule("always", "", ("masters",)), "cli")
    add_rule(collecting, source.id, NewRule("language", "fr", ("doctorat",), stop=True, at=1), "cli")
    assert [rule.kind.value for rule in order_rules(collecting, source.id, [1, 3, 2], "cli").rules] == [
        "language", "always", "names",
    ]  # fmt: skip
    assert [rule.kind.value for rule in remove_rule(collecting, source.id, 2, "cli").rules] == ["language", "names"]
    assert history_of(collecting, "source", source.id)[0].action == "rule removed"


@pytest.mark.parametrize(
    ("new", "error"),
    [
        (NewRule("magic", "x", ("masters",)), InvalidInput),
        (NewRule("term", " ", ("masters",)), InvalidInput),
        (NewRule("words", ",*,", ("masters",)), InvalidInput),
        (NewRule("words", "x" * 501, ("masters",)), InvalidInput),
        (NewRule("language", "de", ("masters",)), InvalidInput),
        (NewRule("always"), InvalidInput),
        (NewRule("always", "", ("nulle-part",)), NotFound),
        (NewRule("names", at=9), InvalidInput),
    ],
)
def test_a_rule_that_says_nothing_is_refused(collecting: Desk, source: Source, new: NewRule, error):
    before = get_source(collecting, source.id)
    with pytest.raises(error):
        add_rule(collecting, source.id, new, "cli")
    assert get_source(collecting, source.id) == before


@pytest.mark.parametrize("numbers", [[1], [1, 1], [2, 1, 3], []])
def test_an_order_names_every_rule_once(collecting: Desk, source: Source, numbers):
    add_rule(collecting, source.id, NewRule("names"), "cli")
    if sorted(numbers) == [1, 2]:
        return
    with pytest.raises(InvalidInput):
        order_rules(collecting, source.id, numbers, "cli")


def test_a_retired_category_is_given_to_nothing(collecting: Desk, source: Source):
    from desk.categories.ending import retire_category

    retire_category(collecting, "masters", successor=None, actor="cli")
    with pytest.raises(Gone):
        add_rule(collecting, source.id, NewRule("always", "", ("masters",)), "cli")


def test_an_author_changes_no_rules(collecting: Desk, source: Source, author: User):
    with pytest.raises(NotAllowed):
        add_rule(collecting, source.id, NewRule("names"), author)
    with pytest.raises(NotAllowed):
        apply_rules(collecting, source.id, author, dry_run=True)


def test_a_trial_shows_what_each_rule_does_to_what_is_there_now(collecting: Desk, source: Source):
    add_rule(collecting, source.id, NewRule("words", "prix", ("doctorat",)), "cli")
    slugs = {category.id: category.slug for category in list_categories(collecting)}
    placings = try_rules(collecting, try_source(collecting, source.url))
    told = [[sorted(slugs[one] for one in gave) for gave in placing.gave] for placing in placings]
    assert told == [[[], []], [["masters"], []], [[], ["doctorat"]]]
    effect = effect_of(collecting, get_source(collecting, source.id))
    assert (effect.items, effect.placed, effect.unplaced) == (3, (1, 1), 1)
