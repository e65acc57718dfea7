"""What the address of a public page asks for beyond its path: ``?page=``, ``?q=``, ``?lang=``."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request

from news.errors import InvalidInput, NotFound
from news.text import one_line
from translations import LANGUAGES
from web.context import current_desk, words

LONGEST_SEARCH = 200
LAST_PAGE = 10_000


@dataclass(frozen=True, slots=True)
class Asked:
    """``page``: from 1. ``q``: words to find, on one line, or None. ``language``: ``fr``, ``en``, or None for all."""

    page: int = 1
    q: str | None = None
    language: str | None = None


def asked() -> Asked:
    """What this request asks for. Raises InvalidInput, and NotFound for a page that cannot exist."""
    return Asked(_page(request.args.get("page", "")), _search(request.args.get("q", "")), _language())


def address(path: str, *, q: str | None = None, page: int = 1, language: str | None = None) -> str:
    """``path`` with the parameters that say something, in one order: a page has one address."""
    said = {"lang": language, "q": q, "page": page if page > 1 else None}
    query = urlencode({name: value for name, value in said.items() if value is not None})
    return f"{path}?{query}" if query else path


def carried_language() -> str | None:
    """The language links on this page pass on: the one asked for, or the page's own where the newsroom has another."""
    if (given := request.args.get("lang", "")) in LANGUAGES:
        return given
    return words().language if words().language != current_desk().settings.language else None


def _page(text: str) -> int:
    if not text:
        return 1
    if not (text.isascii() and text.isdigit()) or not text.strip("0"):
        raise InvalidInput("public.page.malformed", given=one_line(text)[:40])
    if len(text) > len(str(LAST_PAGE)) or int(text) > LAST_PAGE:
        raise NotFound("public.page.beyond")
    return int(text)


def _search(text: str) -> str | None:
    wanted = one_line(text)
    if len(wanted) > LONGEST_SEARCH:
        raise InvalidInput("public.search.long", most=LONGEST_SEARCH)
    return wanted or None


def _language() -> str | None:
    given = request.args.get("lang", "")
    if given and given not in LANGUAGES:
        raise InvalidInput("public.language.unknown", given=one_line(given)[:20])
    return given or None
