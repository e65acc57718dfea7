"""oEmbed 1.0 (https://oembed.com): who is given the address of a page of ours learns how to show its block.

Only addresses under ``DEPECHE_BASE_URL`` are believed, and nothing is fetched for anybody.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlencode
from xml.sax.saxutils import escape

from flask import Blueprint, Flask, request
from markupsafe import escape as in_html
from werkzeug.exceptions import NotImplemented as FormatNotKnown
from werkzeug.wrappers import Response as AnyResponse

from desk.context import Desk
from desk.publishing.browse import item_page
from desk.publishing.ready_bytes import answer
from desk.selecting import resolve, selection_title
from news.errors import DepecheError, InvalidInput, NotFound, StoreFailed
from news.selections import LANGUAGES
from news.text import one_line, xml_safe
from web.answers.reply import NO_ACTIVE_CONTENT
from web.context import current_desk
from web.embed.kinds import KINDS, kind_of
from web.feeds.documents import METHODS, answered, for_every_site, preflight

WIDTH, PER_ITEM, REST, ONE = 600, 122, 70, 190
NARROWEST, LOWEST, MOST_PIXELS = 120, 80, 10_000
_DIGITS = 6
SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
_CACHE_AGE = 300
_TYPES = {"json": "application/json", "xml": "text/xml; charset=utf-8"}
blueprint = Blueprint("oembed", __name__)
blueprint.after_request(for_every_site)


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown for an address: its ``title``, the ``path`` of its page for an iframe, and how ``tall`` that is at
    600 pixels wide (pixels, about)."""

    title: str
    path: str
    tall: int


def install(app: Flask, desk: Desk) -> None:
    """``/oembed``, and ``oembed_links(url)`` for the pages that can be embedded."""

    def links(url: str) -> dict[str, str]:
        base = f"{desk.settings.base_url}/oembed"
        return {
            "application/json+oembed": f"{base}?{urlencode({'url': url, 'format': 'json'})}",
            "text/xml+oembed": f"{base}?{urlencode({'url': url, 'format': 'xml'})}",
        }

    app.jinja_env.globals["oembed_links"] = links
    app.register_blueprint(blueprint)


@blueprint.route("/oembed", methods=METHODS, provide_automatic_options=False)
def oembed() -> AnyResponse:
    """How to show ``?url=`` (§2.3.4): 400 without one, 404 for what is not ours, 501 for a format nobody knows."""
    if request.method == "OPTIONS":
        return preflight()
    kind = request.args.get("format", "json").lower() or "json"
    if kind not in _TYPES:
        raise FormatNotKnown
    if not (url := request.args.get("url", "")):
        raise InvalidInput("oembed.url")
    width, height = _pixels("maxwidth"), _pixels("maxheight")
    said = _said(current_desk(), _shown(url), width, height)
    body = json.dumps(said, ensure_ascii=False).encode() if kind == "json" else _xml(said)
    return answered(answer(body, _TYPES[kind]), NO_ACTIVE_CONTENT)


def _said(desk: Desk, shown: Shown, most_wide: int | None, most_tall: int | None) -> dict[str, object]:
    width = max(NARROWEST, min(WIDTH, most_wide or WIDTH))
    # A narrower column is a longer one.
    height = max(LOWEST, min(shown.tall * WIDTH // width if width < WIDTH else shown.tall, most_tall or MOST_PIXELS))
    address = desk.settings.base_url + shown.path
    frame = (
        f'<iframe src="{in_html(address)}" title="{in_html(shown.title)}" width="{width}" height="{height}" '
        f'sandbox="{SANDBOX}" loading="lazy" frameborder="0" style="border:0;max-width:100%"></iframe>'
    )
    return {
        "version": "1.0", "type": "rich", "title": shown.title, "provider_name": desk.settings.title,
        "provider_url": f"{desk.settings.base_url}/", "cache_age": _CACHE_AGE, "width": width, "height": height,
        "html": frame,
    }  # fmt: skip


def _shown(url: str) -> Shown:
    """Raises NotFound for everything that is not the address of a page of ours, whatever is wrong with it."""
    path, query = _ours(url)
    try:
        return _item(path) or _block(path, query)
    except StoreFailed:
        raise
    except DepecheError as error:
        raise NotFound("oembed.unknown") from error


def _ours(url: str) -> tuple[str, str]:
    base = current_desk().settings.base_url
    if not (url == base or url.startswith(f"{base}/")) or len(url) > 2000:
        raise NotFound("oembed.unknown")
    path, _, query = (url[len(base) :] or "/").partition("#")[0].partition("?")
    return unquote(path).rstrip("/") or "/", query


def _item(path: str) -> Shown | None:
    parts = path.removeprefix("/embed").split("/")
    if parts[1:2] != ["items"] or not 3 <= len(parts) <= 4:
        return None
    view = item_page(current_desk(), parts[2]).view
    return Shown(view.item.title, f"/embed/items/{view.item.id}", ONE)


def _block(path: str, query: str) -> Shown:
    """A list page, a feed's page or a feed, or the block itself, with what its own address asks for."""
    folder, _, rest = path.lstrip("/").partition("/")
    given = {name: values[0] for name, values in parse_qs(query).items()}
    language = given.get("lang", "")
    if language and language not in LANGUAGES:
        raise NotFound("oembed.unknown")
    named = {"": "all", "category": rest, "feeds": _without_format(rest), "embed": kind_of(rest)[0]}.get(folder, "")
    if folder == "category" and "." in named:
        raise NotFound("oembed.unknown")
    if folder in ("", "category") and language:
        named = f"{named}.{language}"
    asked = KINDS[""].asked(query if folder == "embed" else "")
    with current_desk().storage.read() as reader:
        selection = resolve(reader, named)
    spoken = selection.spoken or current_desk().settings.language
    asks = f"?{asked.query}" if asked.query else ""
    title = f"{selection_title(selection, spoken)} — {current_desk().settings.title}"
    return Shown(title, f"/embed/{selection.address}{asks}", REST + PER_ITEM * asked.limit)


def _without_format(name: str) -> str:
    base, dot, ending = name.rpartition(".")
    return base if dot and ending in ("atom", "rss", "json") else name


def _pixels(name: str) -> int | None:
    given = request.args.get(name, "")
    if not given:
        return None
    if not (given.isascii() and given.isdigit() and given.strip("0")):
        raise InvalidInput("oembed.size", given=one_line(given)[:20])
    return int(given[-_DIGITS:]) if len(given.lstrip("0")) <= _DIGITS else MOST_PIXELS


def _xml(said: dict[str, object]) -> bytes:
    inside = "".join(f"<{name}>{escape(xml_safe(str(value)))}</{name}>" for name, value in said.items())
    return f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>{inside}</oembed>\n'.encode()
