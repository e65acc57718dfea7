"""Pictures kept on our side: which sizes there are of one, and which of them goes where.

A picture is told by what it was made from: an upload by its own id (``urn:uuid:…``), anything else by its web address.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from news.ids import is_id, urn

WIDTHS = (320, 640, 1280)
TALLEST = 2560
FALLBACKS = ("jpg", "png")
# The order in which browsers are offered them: the smallest first.
MODERN = ("avif", "webp")
MEDIA_TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg", "png": "image/png"}
_URN = "urn:uuid:"


@dataclass(frozen=True, slots=True)
class Rendition:
    """One file of a picture. ``width``, ``height``: pixels; ``kind``: a key of ``MEDIA_TYPES``; ``length``: bytes;
    ``tag``: a hash of them."""

    width: int
    height: int
    kind: str
    length: int
    tag: str

    @property
    def name(self) -> str:
        """As its address ends."""
        return f"{self.width}.{self.kind}"

    @property
    def media_type(self) -> str:
        """The media type it is served with."""
        return MEDIA_TYPES[self.kind]


@dataclass(frozen=True, slots=True)
class File:
    """One rendition and its bytes."""

    rendition: Rendition
    body: bytes


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture we keep. ``id``: UUIDv7, also what its address says. ``renditions``: every kind in every width."""

    id: str
    renditions: tuple[Rendition, ...]

    def best(self, most: int = WIDTHS[-1]) -> Rendition:
        """What every program can show: the widest JPEG or PNG of at most ``most`` pixels, or else the narrowest."""
        plain = self.of_kinds(FALLBACKS)
        return next((each for each in reversed(plain) if each.width <= most), plain[0])

    def light(self, most: int) -> Rendition:
        """What every browser in use can show, at little weight: WebP where there is one, of at most ``most`` pixels."""
        webp = [each for each in self.of_kinds(("webp",)) if each.width <= most]
        return webp[-1] if webp else self.best(most)

    def of_kinds(self, kinds: tuple[str, ...]) -> tuple[Rendition, ...]:
        """Its renditions of these kinds, the narrowest first."""
        return tuple(sorted((each for each in self.renditions if each.kind in kinds), key=lambda each: each.width))

    def named(self, name: str) -> Rendition | None:
        """The rendition whose address ends so."""
        return next((each for each in self.renditions if each.name == name), None)


def path_of(picture_id: str, rendition: Rendition) -> str:
    """Where the public finds it, relative to the newsroom's address."""
    return f"/media/{picture_id}/{rendition.name}"


def widths_for(width: int, height: int) -> tuple[int, ...]:
    """The widths kept of an original of this size: none wider than it is, nor so wide that it would be too tall."""
    widest = min(width, WIDTHS[-1], max(1, width * TALLEST // height))
    return (*(each for each in WIDTHS if each < widest), widest)


def uploaded(url: str) -> str | None:
    """The id of the picture that was uploaded, where ``url`` tells one; None for an address on the web."""
    identity = url.removeprefix(_URN)
    return identity if identity != url and is_id(identity) else None


def upload_url(picture_id: str) -> str:
    """What an item says of its picture when that was uploaded."""
    return urn(picture_id)


def fetched(url: str) -> bool:
    """Whether ``url`` is one that can be fetched."""
    return urlsplit(url).scheme in ("http", "https")
