"""Which sites may frame a block: those that a partner named, for its own feed and its own key; else all."""

from __future__ import annotations

import time

from desk.context import Desk
from desk.publishing.freshness import Freshness
from news.errors import StoreFailed

ANYBODY = "*"


class FrameAncestors:
    """The policy of each block's page, kept in memory until something public changes. ``freshness``: the publisher's
    where there is one, so that a block and its policy are of one time. Usable from any thread."""

    def __init__(self, desk: Desk, freshness: Freshness | None = None) -> None:
        self._desk = desk
        self._freshness = freshness or Freshness(desk.storage, time.monotonic)
        self._epoch = -1
        self._open_to: dict[str, str] = {}

    def ancestors(self, selection: str, key: str) -> str:
        """The value of ``frame-ancestors`` for ``selection`` (as addresses write it) asked for with a partner's ``key``
        (or ""). What a partner says of its own feed holds whatever key stands in the address. Raises
        StoreFailed when it could never be known."""
        epoch = self._freshness.epoch()
        if epoch != self._epoch:
            self._look(epoch)
        if not self._open_to:
            return ANYBODY
        return self._open_to.get(f"/{selection.partition('.')[0]}") or self._open_to.get(key) or ANYBODY

    def settled(self) -> bool:
        """Whether what was said last holds until something changes: not when the store could not be asked."""
        return self._epoch == self._freshness.epoch()

    def _look(self, epoch: int) -> None:
        try:
            found = self._found()
        except StoreFailed:
            if self._epoch < 0:
                raise
            return
        self._open_to, self._epoch = found, epoch

    def _found(self) -> dict[str, str]:
        with self._desk.storage.read() as reader:
            partners = reader.partners()
            feeds = {feed.id: feed for feed in reader.named_feeds()} if partners else {}
        found = {each.key: _rule(each.origins) for each in partners if each.origins}
        for feed_id, feed in feeds.items():
            owners = [each for each in partners if each.feed_id == feed_id]
            if owners and all(each.origins for each in owners):
                found[f"/{feed.slug}"] = _rule([origin for each in owners for origin in each.origins])
        return found


def _rule(origins: list[str] | tuple[str, ...]) -> str:
    """Our own pages show every block: the builder's preview."""
    return " ".join(("'self'", *dict.fromkeys(origins)))
