"""Importing: what is brought in from a file or an address, and what came of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from desk.context import Desk
from desk.http_client import client_for
from net.messages import Limits, Request
from news.categories import Category
from news.errors import DepecheError, InvalidInput, NotFound
from news.items import Item
from news.links import checked_url
from news.mapping import mapped

AT_ONCE = 300
_WEB = re.compile(r"https?://", re.I)
_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Given:
    """A document to import. ``url``: where it finally came from, "" for a file. ``content_type``: HTTP's, or None."""

    body: bytes
    url: str = ""
    content_type: str | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be said ``about`` one thing of the document: a name in its words, and what is the matter."""

    about: str
    error: DepecheError


@dataclass(frozen=True, slots=True)
class Report:
    """What came of an import: how many things were ``added``, how many were ``there`` before; those ``refused``; and
    what else is worth knowing (``notes``)."""

    added: int = 0
    there: int = 0
    refused: tuple[Remark, ...] = ()
    notes: tuple[Remark, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether there was something, and nothing of it could be taken."""
        return bool(self.refused) and not (self.added or self.there)


@dataclass(frozen=True, slots=True)
class Told:
    """The ``items`` of a document, in the order to store them; how many more are ``there`` by what they point to; what
    had to be ``refused``; and what else is worth knowing."""

    items: tuple[Item, ...]
    there: int = 0
    refused: tuple[Remark, ...] = ()
    notes: tuple[Remark, ...] = ()


class Words:
    """Finds our categories for words of others, one word at a time, and remembers those that mean none."""

    def __init__(self, meaning: Callable[[str], frozenset[str]]) -> None:
        self._meaning = meaning
        self._found: dict[str, frozenset[str]] = {}
        self._said: Counter[str] = Counter()

    @classmethod
    def of_names(cls, categories: Iterable[Category]) -> Words:
        """Words that are names, slugs or aliases of ``categories``."""
        known = tuple(categories)
        return cls(lambda word: mapped([word], known, {}))

    def ids(self, words: Sequence[str]) -> frozenset[str]:
        """Ids of the categories that ``words`` mean."""
        for word in words:
            if word not in self._found:
                self._found[word] = self._meaning(word)
            self._said[word] += 1
        return frozenset[str]().union(*(self._found[word] for word in words))

    def unknown(self) -> tuple[Remark, ...]:
        """A remark on each word that means none of our categories, in the order they were met."""
        return tuple(
            Remark(word, NotFound("import.category.unknown", name=word, times=times))
            for word, times in self._said.items()
            if not self._found[word]
        )


def bring(desk: Desk, place: str, most: int) -> Given:
    """The document at ``place``: a web address, fetched with the guarded client, or else the path of a file.

    Raises InvalidInput for more than ``most`` bytes and for what is no address, FetchFailed, OSError.
    """
    if not _WEB.match(place):
        return Given(_body_of(Path(place), most))
    limits = Limits(total=_SECONDS, wire=most, decoded=most)
    with closing(client_for(desk.settings, limits=limits)) as client:
        answer = client.fetch(Request(checked_url(place)))
    return Given(answer.body, answer.url, answer.headers.get("content-type"))


def _body_of(path: Path, most: int) -> bytes:
    with path.open("rb") as file:
        body = file.read(most + 1)
    if len(body) > most:
        raise InvalidInput("import.too_big", path=str(path), most=most // 1_000_000)
    return body
