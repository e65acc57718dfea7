"""The picture of an entry, so that a reader shows it once.

A picture that we keep stands first in the body and is attached as well, under the same address, by which readers know
it for the same. Of one that stands elsewhere, a body that already shows it is enough; otherwise the format's own
element for attached media says so. Beside either stands ``media:thumbnail``, which readers use for lists and cards and
do not add to the text.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from feeds.document import Entry
from feeds.uris import as_uri
from news.items import Image

MEDIA = "http://search.yahoo.com/mrss/"
_TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}


def to_attach(entry: Entry) -> Image | None:
    """The picture of ``entry``, unless there is none or it is a stranger's and the body shows it already."""
    if entry.image and entry.image_length:
        return entry.image
    return None if entry.image is None or _shows(entry.content_html, entry.image.url) else entry.image


def _shows(content_html: str, url: str) -> bool:
    return f'src="{url.replace("&", "&amp;").replace(chr(34), "&quot;")}"' in content_html


def media_type(url: str) -> str | None:
    """The media type the name in ``url`` promises (advisory, RFC 4287 §4.2.7.3), or None when it promises none."""
    try:
        return _TYPES.get(PurePosixPath(urlsplit(url).path).suffix.lower())
    except ValueError:
        return None


def add_thumbnail(parent: Any, image: Image) -> None:
    """Put ``media:thumbnail`` into ``parent`` (an lxml element)."""
    etree.SubElement(parent, f"{{{MEDIA}}}thumbnail", {"url": as_uri(image.url)} | _size(image))


def add_content(parent: Any, image: Image, length: int | None = None) -> None:
    """Put ``media:content`` into ``parent`` (an lxml element), the text alternative as its ``media:title``.

    Not as ``media:description``, which feedparser and others take for the text of the whole entry.
    """
    kind = media_type(image.url)
    attributes = {"url": as_uri(image.url), "medium": "image"} | ({"type": kind} if kind else {}) | _size(image)
    attributes |= {"fileSize": str(length)} if length else {}
    content = etree.SubElement(parent, f"{{{MEDIA}}}content", attributes)
    if image.alt:
        etree.SubElement(content, f"{{{MEDIA}}}title", type="plain").text = image.alt
    if image.credit:
        etree.SubElement(content, f"{{{MEDIA}}}credit").text = image.credit


def _size(image: Image) -> dict[str, str]:
    sides = {"width": image.width, "height": image.height}
    return {name: str(pixels) for name, pixels in sides.items() if pixels and pixels > 0}
