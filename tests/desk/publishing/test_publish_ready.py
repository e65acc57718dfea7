"""Rendered once per change, not once per request."""

import gzip
import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import brotli
import pytest

from desk.categories.registry import rename_category
from desk.context import Desk, open_desk
from desk.publishing.freshness import Freshness
from desk.publishing.publisher import Publisher
from desk.publishing.ready_bytes import Answer
from desk.publishing.recipes import FEEDS, Recipe
from news.errors import StoreFailed
from news.items import Item
from tests.patience import PATIENCE

Post = Callable[..., Item]
FORMATS = ["atom", "rss", "json"]


class Beat:
    """A monotonic clock moved by hand, in seconds."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class Kitchen:
    """Counts how often each feed is gathered; ``ready`` gives the Atom feed of a selection."""

    def __init__(self, desk: Desk, **options: int) -> None:
        self.beat = Beat()
        self.publisher = Publisher(desk, beat=self.beat, **options)
        self.made: Counter[str] = Counter()
        self.recipe = replace(FEEDS["atom"], gather=self._gather)

    def _gather(self, desk, reader, selection, state):
        self.made[selection.address] += 1
        return FEEDS["atom"].gather(desk, reader, selection, state)

    def ready(self, selection: str) -> Answer:
        found = self.publisher.document(selection, self.recipe)
        assert isinstance(found, Answer)
        return found

    def later(self, seconds: float, *selections: str) -> Counter[str]:
        """What has been made again when all are asked for after so many seconds."""
        self.made.clear()
        self.beat.seconds += seconds
        for selection in selections:
            self.ready(selection)
        return self.made


@pytest.fixture
def kitchen(desk: Desk) -> Kitchen:
    return Kitchen(desk)


def test_nothing_is_made_again_while_nothing_changes(kitchen: Kitchen) -> None:
    first = kitchen.ready("masters")
    assert kitchen.later(3600, "masters") == {}
    assert kitchen.ready("masters") is first


def test_a_change_is_published_within_a_second(kitchen: Kitchen, post: Post) -> None:
    kitchen.ready("masters")
    post("Nouveau", "masters")
    kitchen.beat.seconds += 1
    assert b"Nouveau" in kitchen.ready("masters").body


def test_a_change_made_here_is_published_at_once(kitchen: Kitchen, post: Post) -> None:
    kitchen.ready("masters")
    post("Nouveau", "masters")
    kitchen.publisher.changed()
    assert b"Nouveau" in kitchen.ready("masters").body


def test_a_change_made_by_another_process_is_published_within_a_second(
    kitchen: Kitchen, desk: Desk, post: Post
) -> None:
    other = open_desk(desk.settings, clock=desk.clock)
    there = Publisher(other, beat=kitchen.beat)
    there.feed("masters", "atom")
    post("Nouveau", "masters")
    kitchen.beat.seconds += 1
    answer = there.feed("masters", "atom")
    other.storage.close()
    assert b"Nouveau" in answer.body


def test_a_change_makes_only_what_shows_it_again(kitchen: Kitchen, post: Post) -> None:
    asked = ["all", "all.fr", "all.en", "masters", "masters.fr", "doctorat", "doctorat,masters", "ingenieurs+doctorat"]
    kitchen.later(0, *asked)
    post("Nouveau", "masters", language="fr")
    made = kitchen.later(1, *asked)
    assert made == dict.fromkeys(["all", "all.fr", "masters", "masters.fr", "doctorat,masters"], 1)


def test_a_draft_makes_nothing_again(kitchen: Kitchen, post: Post) -> None:
    kitchen.ready("all")
    post("Brouillon", "masters", status="draft")
    assert kitchen.later(1, "all") == {}


def test_fifty_threads_that_ask_at_once_have_it_made_once(desk: Desk) -> None:
    asking, go = threading.Semaphore(0), threading.Event()
    made: list[str] = []

    def slow(desk, reader, selection, state):
        made.append(selection.address)
        assert go.wait(PATIENCE)
        return FEEDS["atom"].gather(desk, reader, selection, state)

    publisher, recipe = Publisher(desk), replace(FEEDS["atom"], gather=slow)

    def ask() -> Answer:
        asking.release()
        found = publisher.document("all", recipe)
        assert isinstance(found, Answer)
        return found

    with ThreadPoolExecutor(50) as threads:
        asked = [threads.submit(ask) for _ in range(50)]
        for _ in asked:
            assert asking.acquire(timeout=PATIENCE)
        go.set()
        assert len({id(each.result()) for each in asked}) == 1
    assert made == ["all"]


def test_a_failure_is_not_kept(desk: Desk) -> None:
    failures = [StoreFailed("store.busy", path="x")]

    def gather(desk, reader, selection, state):
        if failures:
            raise failures.pop()
        return FEEDS["atom"].gather(desk, reader, selection, state)

    publisher, recipe = Publisher(desk), replace(FEEDS["atom"], gather=gather)
    with pytest.raises(StoreFailed):
        publisher.document("all", recipe)
    assert isinstance(publisher.document("all", recipe), Answer)


def test_what_was_asked_for_longest_ago_makes_room(desk: Desk) -> None:
    kitchen = Kitchen(desk, most_answers=2)
    kitchen.later(0, "doctorat", "masters", "doctorat", "ingenieurs")
    assert kitchen.later(0, "doctorat", "masters") == {"masters": 1}


def test_what_was_given_away_meanwhile_is_not_the_first_to_make_room(desk: Desk) -> None:
    kitchen = Kitchen(desk, most_answers=2)
    kitchen.ready("masters").note_asked()
    kitchen.ready("doctorat")
    kitchen.ready("all")

    assert kitchen.later(0, "masters") == {}
    assert kitchen.later(0, "doctorat") == {"doctorat": 1}


def test_the_bytes_kept_are_bounded(desk: Desk) -> None:
    size = Kitchen(desk).ready("doctorat").size
    kitchen = Kitchen(desk, most_bytes=size * 2)
    kitchen.later(0, "doctorat", "masters", "ingenieurs", "all")
    assert kitchen.later(0, "all", "doctorat") == {"doctorat": 1}


@pytest.mark.parametrize("name", FORMATS)
def test_every_coding_holds_the_same_document(desk: Desk, post: Post, name: str) -> None:
    post("Diversité & RSE", "diversite-rse")
    answer = Publisher(desk).feed("all", name)
    assert isinstance(answer, Answer)
    assert gzip.decompress(answer.codings["gzip"].body) == answer.body
    assert brotli.decompress(answer.codings["br"].body) == answer.body


@pytest.mark.parametrize("name", FORMATS)
def test_an_entity_tag_is_the_hash_of_the_bytes_it_names(desk: Desk, name: str) -> None:
    answer = Publisher(desk).feed("all", name)
    assert isinstance(answer, Answer)
    for coded in answer.codings.values():
        assert coded.etag == f'"{sha256(coded.body).hexdigest()[:32]}"'
    assert len({coded.etag for coded in answer.codings.values()}) == 3


OTHER_PROCESS = """
from pathlib import Path
import sys
from desk.context import open_desk
from desk.publishing.publisher import Publisher
from desk.settings import Settings
desk = open_desk(Settings(database=Path(sys.argv[1]), base_url="https://news.example.org", title="École exemple"))
for name in ("atom", "rss", "json"):
    print(*(coded.etag for coded in Publisher(desk).feed("all", name).codings.values()))
"""


def test_two_processes_make_the_same_bytes(desk: Desk, post: Post, clock) -> None:
    for number in range(5):
        post(f"n° {number}", "diversite-rse", "masters", "ingenieurs", summary="Été", body="<p>Été</p>", author="Zoé")
    clock.forward(days=400)
    here = [
        " ".join(coded.etag for coded in Publisher(desk).feed("all", name).codings.values())  # type: ignore[union-attr]
        for name in FORMATS
    ]
    run = subprocess.run(
        [sys.executable, "-c", OTHER_PROCESS, str(desk.settings.database)],
        cwd=Path(__file__).parents[3],
        env=os.environ | {"PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.splitlines() == here


class Numbers:
    """A store reduced to its change number, which may fail."""

    def __init__(self, *answers: int | StoreFailed) -> None:
        self.answers = list(answers)

    def change_number(self) -> int:
        answer = self.answers.pop(0)
        if isinstance(answer, StoreFailed):
            raise answer
        return answer


def epochs(*answers: int | StoreFailed) -> list[int]:
    """The epochs seen a second apart."""
    beat = Beat()
    freshness = Freshness(Numbers(*answers), beat)  # type: ignore[arg-type]
    seen = []
    for _ in answers:
        seen.append(freshness.epoch())
        beat.seconds += 1
    return seen


def test_a_store_restored_to_an_earlier_state_begins_a_new_epoch() -> None:
    assert epochs(7, 7, 9, 3, 3) == [1, 1, 2, 3, 3]


def test_a_store_that_cannot_answer_for_a_while_changes_nothing() -> None:
    assert epochs(7, StoreFailed("store.busy"), 7, 8) == [1, 1, 1, 2]


def test_a_store_that_never_could_answer_fails() -> None:
    with pytest.raises(StoreFailed):
        epochs(StoreFailed("store.busy"))


def test_a_store_is_not_asked_again_within_a_fifth_of_a_second() -> None:
    beat = Beat()
    freshness = Freshness(Numbers(1), beat)  # type: ignore[arg-type]
    freshness.epoch()
    beat.seconds += 0.19
    assert freshness.epoch() == 1


def test_a_recipe_is_told_from_another_by_its_name(desk: Desk) -> None:
    publisher = Publisher(desk)
    short = Recipe("short", "text/plain", lambda *_: lambda: b"short")
    long = Recipe("long", "text/plain", lambda *_: lambda: b"long")
    bodies = [publisher.document("all", recipe).body for recipe in (short, long, short)]  # type: ignore[union-attr]
    assert bodies == [b"short", b"long", b"short"]


@pytest.mark.parametrize("selection", ["masters", "masters.fr", "masters.en", "doctorat+masters", "all!masters"])
def test_a_new_name_shows_in_every_feed_named_after_it(kitchen: Kitchen, desk: Desk, selection: str) -> None:
    kitchen.ready(selection)
    rename_category(desk, "masters", name_fr="Mastères", name_en="Mastères", actor="cli")
    kitchen.publisher.changed()
    assert "Mastères" in kitchen.ready(selection).body.decode()


def test_a_new_name_shows_in_every_feed_that_shows_its_items(kitchen: Kitchen, desk: Desk, post: Post) -> None:
    post("Atelier", "masters", "doctorat")
    asked = ["all", "all.en", "doctorat", "doctorat.fr", "ingenieurs"]
    kitchen.later(0, *asked)
    rename_category(desk, "masters", name_fr="Mastères", actor="cli")
    assert kitchen.later(1, *asked) == dict.fromkeys(["all", "doctorat", "doctorat.fr"], 1)
