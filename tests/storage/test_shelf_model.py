"""What the public sees, against a model that walks over everything."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from news.categories import fold
from news.items import Item, Status
from news.selections import LANGUAGES, Selection, build

SLUGS = ("doctorat", "ingenieurs", "masters")
WORDS = ("École", "Vietnam", "doctorat", "été", "l’élève", "R&D")
QUERIES = ("ecole", "ÉCOLE", "viet", "ete vietnam", "eleve", "R&D", "e\u0301cole", "doctor ecole", "absent", "d")


@dataclass(frozen=True)
class Spec:
    """An item by its numbers: which categories, day, story, words …"""

    categories: frozenset[int]
    language: str
    status: Status
    day: int
    story: int
    words: tuple[str, ...]
    place: str
    copy: bool


specs = st.builds(
    Spec,
    st.frozensets(st.integers(0, 2)),
    st.sampled_from(["fr", "en", "de"]),
    st.sampled_from([Status.PUBLISHED, Status.PUBLISHED, Status.PUBLISHED, *Status]),
    st.integers(0, 3),
    st.integers(0, 5),
    st.lists(st.sampled_from(WORDS), max_size=3).map(tuple),
    st.sampled_from(["title", "summary", "content_html", "author"]),
    st.sampled_from([False, False, False, True]),
)
SOME_ROOMS = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def filled(room: Any, made: list[Spec], changed: list[Spec]) -> tuple[list[Any], list[Item]]:
    """A newsroom of items as ``made``, of which the first were then changed to ``changed``."""
    categories = [room.category(slug) for slug in SLUGS]
    blanks = [room.item() for _ in made]
    items: list[Item] = []
    with room.storage.transaction() as tx:
        for blank, spec in zip(blanks, made, strict=True):
            items.append(shaped(blank, spec, categories, blanks))
            tx.put_item(items[-1], room.now)
    room.later(seconds=1)
    with room.storage.transaction() as tx:
        for place, spec in enumerate(changed[: len(items)]):
            items[place] = shaped(blanks[place], spec, categories, blanks)
            tx.put_item(items[place], room.now)
    return categories, items


def shaped(blank: Item, spec: Spec, categories: list[Any], blanks: list[Item]) -> Item:
    said: dict[str, Any] = {"title": "Titre", spec.place: " ".join(spec.words)}
    moment = blank.created - timedelta(days=spec.day)
    return replace(
        blank,
        categories=frozenset(categories[number].id for number in spec.categories),
        language=spec.language,
        status=spec.status,
        published=moment,
        due=moment if spec.status is Status.SCHEDULED else None,
        story_id=blanks[spec.story % len(blanks)].id,
        merged_into=blanks[0].id if spec.copy and blank is not blanks[0] else None,
        **said,
    )


def expected(items: list[Item], selection: Selection, text: str | None = None, prefer: str | None = None) -> list[Item]:
    found = [item for item in items if shown(item, selection) and (text is None or holds(item, text))]
    found.sort(key=lambda item: (item.published, item.id), reverse=True)
    if prefer is None:
        return found
    best = {}
    ours = sorted(found, key=lambda item: (item.language in LANGUAGES, item.published, item.id))
    for item in sorted(ours, key=lambda item: item.language == prefer):
        best[item.story_id] = item
    return [item for item in found if best[item.story_id] is item]


def shown(item: Item, selection: Selection) -> bool:
    members = [category.id in item.categories for category in selection.members]
    among = (any(members) if selection.any_of else all(members)) if members else True
    without = not any(category.id in item.categories for category in selection.excluded)
    return item.visible and among and without and selection.language in (None, item.language)


def tokens(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(text).replace("'", " "))


def holds(item: Item, query: str) -> bool:
    said = tokens(" ".join((item.title, item.summary, item.content_html, item.author or "")))
    *whole, last = tokens(query)
    return all(word in said for word in whole) and any(word.startswith(last) for word in said)


def every_selection(categories: list[Any]) -> list[Selection]:
    found = []
    for size in range(4):
        for members in itertools.combinations(categories, size):
            for excluded in [(), *((category,) for category in categories), tuple(categories[:2])]:
                for any_of in (False, True) if size > 1 else (False,):
                    found += [build(members, any_of=any_of, excluded=excluded, language=tag) for tag in (None, "fr")]
    return found


@SOME_ROOMS
@given(st.lists(specs, min_size=1, max_size=18), st.lists(specs, max_size=9), st.sampled_from(QUERIES))
def test_every_selection_shows_what_a_walk_over_everything_finds(new_room, made, changed, query):
    room = new_room()
    categories, items = filled(room, made, changed)
    with room.storage.read() as reader:
        for selection in every_selection(categories):
            for text, prefer in ((None, None), (query, None), (None, "en"), (query, "fr")):
                seen = reader.shelf(selection, limit=100, text=text, prefer=prefer)
                assert list(seen) == expected(items, selection, text, prefer), (selection.address, text, prefer)


@SOME_ROOMS
@given(
    st.lists(specs, min_size=1, max_size=18), st.lists(specs, max_size=9), st.integers(1, 5), st.booleans()
)  # fmt: skip
def test_pages_put_together_are_the_whole(new_room, made, changed, size, prefers):
    room = new_room()
    categories, items = filled(room, made, changed)
    prefer = "fr" if prefers else None
    for selection in (build(categories[:2], any_of=True), build(categories[:1], any_of=False), Selection()):
        whole = expected(items, selection, prefer=prefer)
        with room.storage.read() as reader:
            for page in range(len(whole) // size + 1):
                seen = reader.shelf(selection, limit=size, offset=page * size, prefer=prefer)
                assert list(seen) == whole[page * size : (page + 1) * size]


@SOME_ROOMS
@given(st.lists(specs, min_size=1, max_size=18), st.lists(specs, max_size=18))
def test_counts_are_of_what_is_shown(new_room, made, changed):
    room = new_room()
    categories, items = filled(room, made, changed)
    with room.storage.read() as reader:
        counts, statuses = reader.category_counts(), reader.item_counts()
    wanted = {c.id: len(expected(items, build([c], any_of=False))) for c in categories}
    assert counts == wanted | {"": len(expected(items, Selection()))}
    own = [item for item in items if item.merged_into is None]
    assert statuses == {s: n for s in Status if (n := sum(item.status is s for item in own))}


@SOME_ROOMS
@given(st.lists(specs, min_size=1, max_size=12), st.lists(specs, max_size=12))
def test_public_readings_know_only_visible_items(new_room, made, changed):
    room = new_room()
    _, items = filled(room, made, changed)
    visible = {item.id for item in items if item.visible}
    with room.storage.read() as reader:
        told = [item for each in items for item in reader.story(each.story_id)]
    assert {item.id for item in told} == visible
