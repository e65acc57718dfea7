"""The picture of an item as it is shown: our copy in its sizes, or until there is one the picture where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from news.items import Image
from news.pictures import FALLBACKS, MEDIA_TYPES, MODERN, Picture, path_of, uploaded


@dataclass(frozen=True, slots=True)
class ShownImage:
    """``src``: for our own pages, ``url``: absolute, of the same file. ``sources``: media type and ``srcset`` of what
    modern browsers take instead, ``srcset``: of the rest. ``length``: bytes of the file, known of our copies alone."""

    src: str
    url: str
    alt: str
    width: int | None
    height: int | None
    credit: str
    sources: tuple[tuple[str, str], ...] = ()
    srcset: str = ""
    length: int | None = None


def shown_image(image: Image | None, base_url: str) -> ShownImage | None:
    """How ``image`` is shown, or None when there is nothing to be shown."""
    if image is None or (image.kept is None and uploaded(image.url)):
        return None
    if image.kept is None:
        return ShownImage(image.url, image.url, image.alt, image.width, image.height, image.credit)
    kept, best = image.kept, image.kept.best()
    src = path_of(kept.id, best)
    offered = ((MEDIA_TYPES[kind], _srcset(kept, (kind,))) for kind in MODERN)
    return ShownImage(
        src, base_url + src, image.alt, best.width, best.height, image.credit,
        tuple(each for each in offered if each[1]), _srcset(kept, FALLBACKS), best.length,
    )  # fmt: skip


def _srcset(kept: Picture, kinds: tuple[str, ...]) -> str:
    return ", ".join(f"{path_of(kept.id, each)} {each.width}w" for each in kept.of_kinds(kinds))
