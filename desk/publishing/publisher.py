"""Publishing: documents rendered once per change and kept ready in memory.

A document is a function of what is stored. It is kept with the state of its feed, and rendered again only when that
state has moved; whether it may have moved is first asked of one number for the whole store.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

from desk.context import Desk
from desk.publishing.freshness import Freshness
from desk.publishing.ready_bytes import Answer, answer
from desk.publishing.recipes import FEEDS, Linked, Recipe
from desk.selecting import resolve
from storage.records import FeedState

MOST_BYTES = 256 * 1024 * 1024
MOST_ANSWERS = 2000


@dataclass(frozen=True, slots=True)
class Moved:
    """The selection has another address: ``address``, canonical and of today."""

    address: str


@dataclass(frozen=True, slots=True)
class _Kept:
    state: FeedState
    epoch: int
    answer: Answer


_Key = tuple[str, str]


class Publisher:
    """Ready answers over one desk, for every thread of a process.

    ``beat``: a monotonic clock in seconds. At most ``most_answers`` of ``most_bytes`` together are kept; those asked
    for longest ago make room.
    """

    def __init__(
        self,
        desk: Desk,
        *,
        beat: Callable[[], float] = time.monotonic,
        most_bytes: int = MOST_BYTES,
        most_answers: int = MOST_ANSWERS,
    ) -> None:
        self._desk = desk
        self.freshness = Freshness(desk.storage, beat)
        self._most = most_bytes, most_answers
        self._lock = threading.Lock()
        self._kept: OrderedDict[_Key, _Kept] = OrderedDict()
        self._bytes = 0
        self._being_made: dict[tuple[_Key, int], Future[Answer | Moved]] = {}

    def feed(self, text: str, format_name: str) -> Answer | Moved:
        """The feed of the selection written as ``text`` in a format of ``feeds.formats.FORMATS``.

        Raises InvalidInput, NotFound, Gone for the selection, StoreFailed.
        """
        return self.document(text, FEEDS[format_name])

    def document(self, text: str, recipe: Recipe) -> Answer | Moved:
        """The document ``recipe`` makes of the selection written as ``text``. Raises as ``feed`` does.

        However many threads ask at once, one of them makes it.
        """
        key, epoch = (text, recipe.name), self.freshness.epoch()
        with self._lock:
            kept = self._kept.get(key)
            if kept and kept.epoch >= epoch:
                self._kept.move_to_end(key)
                return kept.answer
            making = self._being_made.get((key, epoch))
            mine = making is None
            future = self._being_made[key, epoch] = making or Future()
        return self._make(key, epoch, recipe, kept, future) if mine else future.result()

    def changed(self) -> None:
        """Something public was changed in this process: the next answer is checked at once."""
        self.freshness.expire()

    def _make(
        self, key: _Key, epoch: int, recipe: Recipe, kept: _Kept | None, future: Future[Answer | Moved]
    ) -> Answer | Moved:
        try:
            made = self._look_again(key, epoch, recipe, kept)
            future.set_result(made)
            return made
        except BaseException as error:
            future.set_exception(error)
            raise
        finally:
            with self._lock:
                del self._being_made[key, epoch]

    def _look_again(self, key: _Key, epoch: int, recipe: Recipe, kept: _Kept | None) -> Answer | Moved:
        with self._desk.storage.read() as reader:
            selection = resolve(reader, key[0])
            if selection.address != key[0]:
                return Moved(selection.address)
            state = reader.feed_state(selection)
            if kept and kept.state == state:
                return self._keep(key, _Kept(state, epoch, kept.answer))
            write = recipe.gather(self._desk, reader, selection, state)
        links = recipe.links(self._desk, selection)
        if isinstance(write, Linked):
            links = ", ".join(part for part in (links, write.links) if part)
        made = answer(write(), recipe.content_type, links=links, changed_at=state.changed_at)
        return self._keep(key, _Kept(state, epoch, made))

    def _keep(self, key: _Key, fresh: _Kept) -> Answer:
        with self._lock:
            before = self._kept.pop(key, None)
            if before and before.epoch > fresh.epoch:
                fresh = before
            self._kept[key] = fresh
            self._bytes += fresh.answer.size - (before.answer.size if before else 0)
            most_bytes, most_answers = self._most
            while len(self._kept) > 1 and (self._bytes > most_bytes or len(self._kept) > most_answers):
                self._make_room()
        return fresh.answer

    def _make_room(self) -> None:
        """Forget the one asked for longest ago; one that was given past us gets another turn (the clock algorithm)."""
        key, oldest = self._kept.popitem(last=False)
        if oldest.answer.was_asked():
            self._kept[key] = oldest
        else:
            self._bytes -= oldest.answer.size
