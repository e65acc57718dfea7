"""A flood waits for a person before anything of it is public."""

from collections.abc import Callable

import pytest

from desk.collecting.collect import Outcome, refresh
from desk.context import Desk
from desk.items.listing import ItemFilter, list_items
from desk.items.review import waiting
from desk.publishing.browse import listing
from desk.sources.floods import Decided, decide_flood, flood_items, flood_of, floods
from desk.sources.registry import NewSource, add_source, get_source
from news.errors import InvalidInput, NotAllowed, NotFound
from news.floods import FloodKind
from news.items import Status
from news.sources import Source
from news.users import User

Look = Callable[..., Outcome]


@pytest.fixture
def source(collecting: Desk, site) -> Source:
    return add_source(
        collecting, NewSource(site.url("/feed"), "feed", trust="publish", name="P", categories=("masters",)), "cli"
    )


@pytest.fixture
def look(collecting: Desk, site, source: Source, clock) -> Look:
    """The source says these (title, id) an hour later; what came of it. Dates are of January."""

    def looked(*told: tuple[str, str], day: str = "{:02} Jan 2026 08:00:00 GMT") -> Outcome:
        clock.forward(hours=1)
        entries = [
            site.entry(title, guid=f"tag:{name}", link=f"https://p.example/{name}", pubDate=day.format(place % 28 + 1))
            for place, (title, name) in enumerate(told)
        ]
        site.put("/feed", site.rss(*entries))
        (outcome,) = refresh(collecting, [get_source(collecting, source.id)])
        return outcome

    return looked


def told(prefix: str, count: int = 12) -> list[tuple[str, str]]:
    return [(f"Titre {n}", f"{prefix}{n}") for n in range(count)]


def public(desk: Desk) -> list[str]:
    return [view.item.id for view in listing(desk).items]


def test_ids_that_all_changed_reach_nobody_before_a_person_decides(collecting: Desk, look: Look, source: Source):
    look(*told("old"))
    before, number = public(collecting), collecting.storage.change_number()
    assert look(*told("new")).new == 12
    assert (public(collecting), collecting.storage.change_number()) == (before, number)
    (flood,) = floods(collecting)
    assert (flood.source_id, flood.kind, flood.items) == (source.id, FloodKind.RENAMED, 12)
    assert waiting(collecting) == (), "it is one decision, not twelve"


def test_further_refreshes_do_not_pile_up(collecting: Desk, look: Look, source: Source):
    look(*told("old"))
    look(*told("new"))
    assert [look(*told(f"again{n}-")).new for n in range(3)] == [0, 0, 0]
    assert len(flood_items(collecting, source.id)) == 12
    assert look(*told("new"), ("Vraiment nouveau", "x")).new == 1
    assert len(flood_items(collecting, source.id)) == 13
    assert len(public(collecting)) == 12


def test_taken_as_the_same_nothing_doubles_and_later_edits_arrive(collecting: Desk, look: Look, source: Source):
    look(*told("old"))
    before = {item.title: (item.id, item.guid) for item in list_items(collecting)}
    look(*told("new"), ("Vraiment nouveau", "x"))
    assert decide_flood(collecting, source.id, "same", "cli") == Decided(12, 1)
    assert [item.title for item in waiting(collecting)] == ["Vraiment nouveau"]
    check = get_source(collecting, source.id).check
    assert (check.body_hash, check.etag, check.next_at) == (None, None, collecting.now())
    look(*[(title.replace("Titre 3", "Titre 3, corrigé"), name) for title, name in told("new")])
    shown = {view.item.title: (view.item.id, view.item.guid) for view in listing(collecting).items}
    assert shown == {("Titre 3, corrigé" if title == "Titre 3" else title): names for title, names in before.items()}
    assert flood_of(collecting, source.id) is None
    assert look(*told("new")).new == 0


def test_accepted_it_is_public_under_its_own_dates_off_the_top(collecting: Desk, look: Look, source, post):
    look(*told("old"))
    look(*told("new"))
    top = post("D’hier", date="2026-03-01")
    assert decide_flood(collecting, source.id, "accept", "cli") == Decided(12)
    assert public(collecting)[0] == top.id
    assert len(list_items(collecting, ItemFilter(source=source.id, status="published"))) == 24


def test_refused_it_never_returns(collecting: Desk, look: Look, source: Source):
    look(*told("old"))
    look(*told("new"))
    assert decide_flood(collecting, source.id, "refuse", "cli") == Decided(12)
    assert look(*told("new")).new == 0
    assert len(public(collecting)) == 12
    assert floods(collecting) == waiting(collecting) == ()


def test_a_hundred_at_once_wait_although_they_are_dated_now(collecting: Desk, look: Look, source: Source):
    look(*told("old", 3))
    look(*[(f"Neuf {n}", f"n{n}") for n in range(150)], day="02 Mar 2026 10:{:02}:00 GMT")
    assert (flood_of(collecting, source.id).kind, len(public(collecting))) == (FloodKind.MANY, 3)


def test_the_first_fetch_is_no_flood_and_brings_the_newest(collecting: Desk, site, source: Source):
    entries = [site.entry(f"n{n}", guid=str(n), pubDate=f"{n + 1:02} Jan 2026 08:00:00 GMT") for n in range(20)]
    site.put("/feed", site.rss(*entries))
    refresh(collecting.with_settings(first_fetch=5), [source])
    assert sorted(item.title for item in list_items(collecting)) == ["n15", "n16", "n17", "n18", "n19"]
    assert listing(collecting).items[0].item.published.day == 20


def test_a_flood_of_a_source_that_is_not_trusted_is_one_decision_too(collecting: Desk, site, clock):
    url = site.put("/r", site.rss(*(site.entry(f"Titre {n}", guid=f"a{n}") for n in range(6))))
    source = add_source(collecting, NewSource(url, "feed"), "cli")
    refresh(collecting, [source])
    site.put("/r", site.rss(*(site.entry(f"Titre {n}", guid=f"b{n}") for n in range(6))))
    refresh(collecting, [get_source(collecting, source.id)])
    assert (len(waiting(collecting)), flood_of(collecting, source.id).items) == (6, 6)


@pytest.mark.parametrize(("verdict", "error"), [("whatever", InvalidInput), ("accept", NotFound)])
def test_a_decision_needs_a_flood_and_a_verdict(collecting: Desk, source: Source, verdict, error):
    with pytest.raises(error):
        decide_flood(collecting, source.id, verdict, "cli")


def test_an_author_decides_on_no_flood(collecting: Desk, look: Look, source: Source, author: User):
    look(*told("old"))
    look(*told("new"))
    with pytest.raises(NotAllowed):
        decide_flood(collecting, source.id, "accept", author)
    assert flood_of(collecting, source.id).items == 12
    assert {item.status for item in flood_items(collecting, source.id)} == {Status.REVIEW}
