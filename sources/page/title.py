"""The link of an item and its title, which is not always the link's whole text."""

from __future__ import annotations

import re
from itertools import takewhile

from lxml import html

from sources.page.blocks import is_page_link
from sources.page.byline import meta_of
from sources.page.lines import HEADINGS, Line, class_like, lines_of, text_in, words

READ_MORE = re.compile(
    r"(?:(?:lire|voir|en savoir|découvrir) (?:la suite|plus|l['’](?:article|actualité)[^.]{0,80}|davantage)|"
    r"read (?:more|on|the rest)|continue reading|learn more|more info(?:rmation)?)\b[^.]{0,80}[\s→»>….]*$",
    re.IGNORECASE,
)
# What is longer is a title with its text.
_LONGEST_HEADING = 200
_TITLE_CLASS = words("titre", "title", "headline", "heading", "name")
_ASIDE_RELATIONS = frozenset({"tag", "category", "author", "bookmark-author"})
_SHARING = re.compile(
    r"//(?:www\.)?(?:facebook|twitter|x|linkedin|t|wa)\.(?:com|me)/(?:sharer?|share|intent)", re.IGNORECASE
)


def link_of(item: html.HtmlElement, base: str, aside: re.Pattern[str]) -> html.HtmlElement | None:
    """The link an item is about: its heading's, else one with words, else any. Links in elements whose class says
    ``aside`` (categories), and those that share or name an author, are not asked."""
    links = [link for link in _links(item) if is_page_link(link, base) and not _is_aside(link, item, aside)]
    if not links:
        return None
    heading = heading_of(item)
    if heading is not None:
        near = [link for link in links if link in heading.iterdescendants() or link in heading.iterancestors()]
        links = near or links
    worded = [link for link in links if (text := text_in(link)) and not READ_MORE.fullmatch(text)]
    return (worded or links)[0]


def _links(item: html.HtmlElement) -> list[html.HtmlElement]:
    around = [item, *item.iterancestors("a")] if item.tag != "a" else []
    return [link for link in around if link.tag == "a"] + list(item.iter("a"))


def _is_aside(link: html.HtmlElement, item: html.HtmlElement, aside: re.Pattern[str]) -> bool:
    if _ASIDE_RELATIONS & set((link.get("rel") or "").split()) or _SHARING.search(link.get("href") or ""):
        return True
    element = link
    while element is not None and element is not item:
        if class_like(element, aside):
            return True
        element = element.getparent()
    return False


def heading_of(item: html.HtmlElement) -> html.HtmlElement | None:
    """The first heading (or defined term) with words that are not just a date."""
    for element in item.iter():
        if (element.tag in HEADINGS or element.tag == "dt") and _has_title(text_in(element)):
            return element
    return None


def _has_title(text: str) -> bool:
    meta = meta_of(text)
    return bool(text) and not (meta and meta.tidy and not meta.terms)


def title_of(item: html.HtmlElement, link: html.HtmlElement | None, lines: list[Line]) -> str:
    """The title: what is marked as one, else the ``title`` of a link whose text says more than it, else the first line
    of the heading, of the link or of the item that is not a date. "" when there is none."""
    heading = heading_of(item)
    holder = heading if heading is not None else link
    if holder is None:
        return _first_line(lines)
    marked = [part for part in holder.iter() if part is not holder and class_like(part, _TITLE_CLASS)]
    if named := next((text for part in marked if _has_title(text := text_in(part))), ""):
        return named
    if link is not None and (said := " ".join((link.get("title") or "").split())) and _says_more(link, said):
        return said
    if text := _heading_line(holder) or _first_line(lines_of(holder)):
        return text if not READ_MORE.fullmatch(text) else _first_line(lines)
    return _of_picture(link) if link is not None else ""


def _says_more(link: html.HtmlElement, said: str) -> bool:
    """Whether the link's text holds what its ``title`` says, and more: an address bar hint would not be in it."""
    whole = text_in(link)
    return not whole or (said in whole and len(lines_of(link)) > 1)


def _first_line(lines: list[Line]) -> str:
    return next((line.text for line in lines if _has_title(line.text) and not READ_MORE.fullmatch(line.text)), "")


def _heading_line(holder: html.HtmlElement) -> str:
    """The whole of a heading that is broken into lines by hand, up to a date; "" for any other."""
    lines = lines_of(holder) if holder.tag in HEADINGS and holder.find(".//br") is not None else []
    title = list(takewhile(lambda line: line.element is lines[0].element and _has_title(line.text), lines))
    text = " ".join(line.text for line in title)
    return text if len(text) <= _LONGEST_HEADING else ""


def _of_picture(link: html.HtmlElement) -> str:
    return next((alt for picture in link.iter("img") if (alt := (picture.get("alt") or "").strip())), "")
