"""Items that no element holds together: a heading and what follows it, a term and its definitions.

They are put in an element each, so that everything after sees one kind of layout.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from lxml import html

from sources.dates import days_in
from sources.page.lines import HEADINGS, text_in


def wrap_runs(root: html.HtmlElement) -> None:
    """Change the tree under ``root``: each run of siblings that is one item gets a ``div`` around it."""
    for parent in list(root.iter()):
        starts = _starts(parent)
        if len(starts) > 1:
            _wrap(parent, starts)


def _starts(parent: html.HtmlElement) -> list[int]:
    children = list(parent)
    opening = [place for place, child in enumerate(children) if child.tag == "dt" or _is_linked_heading(child)]
    if not opening:
        return []
    usual = Counter(children[place].tag for place in opening).most_common(1)[0][0]
    starts = [place for place in opening if children[place].tag == usual]
    if len(starts) == len(children):
        return []
    return [place - 1 for place in starts] if _dates_stand_before(children, starts) else starts


def _is_linked_heading(child: html.HtmlElement) -> bool:
    return child.tag in HEADINGS and next(child.iter("a"), None) is not None


def _dates_stand_before(children: list[html.HtmlElement], starts: list[int]) -> bool:
    if starts[0] == 0 or any(second - first < 2 for first, second in pairwise(starts)):
        return False
    return all(_is_date(children[place - 1]) for place in starts) and not any(map(_is_date, children[starts[-1] + 1 :]))


def _is_date(element: html.HtmlElement) -> bool:
    return element.tag == "time" or next(days_in(text_in(element)[:200]), None) is not None


def _wrap(parent: html.HtmlElement, starts: list[int]) -> None:
    children = list(parent)
    for first, end in zip(starts, [*starts[1:], len(children)], strict=True):
        box = html.Element("div")
        children[first].addprevious(box)
        box.extend(children[first:end])
