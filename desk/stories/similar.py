"""What new entries of a source resemble: the same announcement, told by others a few days ago at most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from news.arrivals import Situation, language_of
from news.collected import Collected
from news.days import due
from news.items import Item, Status
from news.lifecycle import no_later
from news.recognise import body_text
from news.sanitise import text_of
from news.similar import same_announcement, title_keys, title_likeness
from storage.contract import Transaction

DAYS = timedelta(days=4)
_MOST_FOUND = 500
_MOST_COMPARED = 5


class Alike:
    """Looks for all of ``entries`` at once; then answers for each."""

    def __init__(self, tx: Transaction, entries: Sequence[Collected], situation: Situation) -> None:
        self._situation = situation
        self._titles: dict[int, dict[str, str]] = defaultdict(dict)
        now = situation.now
        recent = [entry for entry in entries if now - self._moment(entry) <= DAYS]
        self._keys = {entry.title: title_keys(entry.title) for entry in recent}
        keys = {key for some in self._keys.values() for key in some}
        found = tx.titled_alike(
            keys, now - 2 * DAYS, now + DAYS, besides=situation.source.id, limit=_MOST_FOUND
        )  # fmt: skip
        for key, item_id, title in found:
            self._titles[key][item_id] = title
        near = {item_id for entry in recent for item_id in self._near(entry)}
        self._items = tx.items_named(near)

    def to(self, entry: Collected) -> list[Item]:
        """The items that tell what ``entry`` tells."""
        found = (self._items[item_id] for item_id in self._near(entry) if item_id in self._items)
        return [item for item in found if self._same(entry, item)]

    @staticmethod
    def decided(item: Item) -> bool:
        """Whether somebody has decided on ``item`` already: what resembles it then waits for a person."""
        return item.status in (Status.PUBLISHED, Status.SCHEDULED, Status.WITHDRAWN)

    def _near(self, entry: Collected) -> list[str]:
        if not self._titles:
            return []
        known = {
            item_id: title for key in self._keys.get(entry.title, ()) for item_id, title in self._titles[key].items()
        }
        likeness = {item_id: title_likeness(entry.title, title) for item_id, title in known.items()}
        return sorted((one for one in likeness if likeness[one]), key=lambda one: (-likeness[one], one))[
            :_MOST_COMPARED
        ]

    def _same(self, entry: Collected, item: Item) -> bool:
        if item.language != language_of(entry, self._situation) or abs(self._when(item) - self._moment(entry)) > DAYS:
            return False
        text = f"{entry.summary} {body_text(entry)}"
        return same_announcement(entry.title, text, item.title, f"{item.summary} {text_of(item.content_html)}")

    def _moment(self, entry: Collected) -> datetime:
        when = no_later(entry.published, self._situation.now, self._situation.zone)
        return due(when, self._situation.zone)

    @staticmethod
    def _when(item: Item) -> datetime:
        return item.published or item.created
