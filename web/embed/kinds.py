"""The forms of the block: what each is called in addresses, what of the question it heeds, how it is made."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from flask import Flask

from desk.context import Desk
from desk.publishing.block import Block, BlockItem, block_of
from desk.publishing.frame_ancestors import ANYBODY
from desk.publishing.recipes import Recipe, Write
from news.selections import Selection
from storage.contract import Reader
from storage.records import FeedState
from translations import translator
from web.answers.reply import NO_ACTIVE_CONTENT, Headers
from web.embed.query import COLOURS, USUALLY, Wanted, wanted
from web.embed.style import HEIGHT_SCRIPT, MAIL_POLICY, page_policy, page_rules, page_style

_HTML = "text/html; charset=utf-8"
INCLUDED = ".html"
_Maker = Callable[[Flask, Block, Wanted], bytes]


@dataclass(frozen=True, slots=True)
class Kind:
    """A form of the block. ``ending``: of its addresses. ``heeds``: the parameters that change it; the others are not
    looked at, so that one document has one place in memory."""

    name: str
    ending: str
    content_type: str
    heeds: tuple[str, ...]

    def asked(self, query: str) -> Wanted:
        """What ``query`` (percent-encoded) asks of this kind. Raises InvalidInput."""
        return wanted(query, self.heeds)

    @property
    def framed(self) -> bool:
        """Whether it is made to stand in a frame."""
        return self.name == "page"

    def policy(self, app: Flask, asked: Wanted, open_to: str = ANYBODY) -> Headers:
        """The headers of this kind of document. ``open_to``: who may frame it, as ``frame-ancestors`` says it."""
        if self.framed:
            return page_policy(page_style(app, asked.colours), open_to, app.extensions["desk"].settings.base_url)
        return MAIL_POLICY if self.name == "email" else NO_ACTIVE_CONTENT


# The longest ending first: the page, which has none, takes whatever is left.
KINDS = {
    kind.ending: kind
    for kind in (
        Kind("email", ".email.html", _HTML, ("limit",)),
        Kind("fragment", INCLUDED, _HTML, ("limit", "layout", "heading")),
        Kind("json", ".json", "application/json", ("limit",)),
        Kind("text", ".txt", "text/plain; charset=utf-8", ("limit",)),
        Kind("page", "", _HTML, ("limit", "layout", *COLOURS)),
    )
}


@lru_cache(maxsize=4096)
def kind_of(name: str) -> tuple[str, Kind]:
    """The selection and the kind of document that ``name``, the last part of an address, asks for."""
    ending = next(ending for ending in KINDS if name.endswith(ending))
    return name[: len(name) - len(ending)], KINDS[ending]


def recipe(app: Flask, kind: Kind, asked: Wanted) -> Recipe:
    """How ``kind`` is made as ``asked``. What is asked for as usual is nearly all: those recipes are kept."""
    if asked != USUALLY:
        return _recipe(app, kind, asked)
    kept: dict[str, Recipe] = app.extensions.setdefault("usual_blocks", {})
    return kept.get(kind.name) or kept.setdefault(kind.name, _recipe(app, kind, asked))


def _recipe(app: Flask, kind: Kind, asked: Wanted) -> Recipe:
    write = _MAKERS.get(kind.name, _template(f"embed/{kind.name}.html"))

    def gather(desk: Desk, reader: Reader, selection: Selection, state: FeedState) -> Write:
        block = block_of(desk, reader, selection, asked.limit)
        return lambda: write(app, block, asked)

    said = (asked.limit, asked.layout, asked.heading, *asked.colours)
    return Recipe(f"{kind.name} {' '.join(map(str, said))}", kind.content_type, gather)


def page_of(app: Flask, block: Block, asked: Wanted) -> str:
    """The page for an iframe."""
    style = page_style(app, asked.colours)
    query = f"?{asked.query}" if asked.query else ""
    home = app.extensions["desk"].settings.base_url
    more = {"style": style, "height_script": HEIGHT_SCRIPT, "rules": page_rules(style, home)}
    return _rendered(app, "embed/page.html", block, asked, own=f"{home}/embed/{block.address}{query}", **more)


def json_of(block: Block) -> bytes:
    """What the element shows, in words and dates ready to be shown: UTF-8, the same for the same block."""
    t = translator(block.language)
    said = {
        "title": block.title,
        "language": block.language,
        "label": t("embed.label_of", subject=block.subject) if block.subject else t("embed.label"),
        "items": [_item_json(item) for item in block.items],
        "empty": t("embed.empty"),
        "more": {
            "url": block.more,
            "text": t("embed.more"),
            "label": t("embed.more_of", subject=block.subject) if block.subject else t("embed.more"),
        },
        "feed": f"{block.feed}.json",
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _item_json(item: BlockItem) -> dict[str, object]:
    image = item.image
    return {
        "title": item.title, "url": item.target, "page": item.page, "language": item.language,
        "categories": item.categories, "date": item.date, "datetime": item.machine_date, "excerpt": item.excerpt,
        "image": image and {"url": image.url, "alt": image.alt, "width": image.width, "height": image.height},
    }  # fmt: skip


def _template(name: str) -> _Maker:
    return lambda app, block, asked: _rendered(app, name, block, asked).encode()


def _rendered(app: Flask, name: str, block: Block, asked: Wanted, **more: object) -> str:
    words = {"t": translator(block.language), "newsroom": app.extensions["desk"].settings}
    return app.jinja_env.get_template(name).render(block=block, asked=asked, **words, **more)


_MAKERS: dict[str, _Maker] = {
    "json": lambda app, block, asked: json_of(block),
    "page": lambda app, block, asked: page_of(app, block, asked).encode(),
}
