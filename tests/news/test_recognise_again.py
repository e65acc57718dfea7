"""An entry is the same one however its source spells its names; our own news is known when it comes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.arrivals import matched
from news.collected import Collected
from news.items import When
from news.recognise import aliases, is_ours, minted_names

PATHS = st.from_regex(r"[a-z]{1,8}(/[a-z0-9-]{1,12}){0,3}", fullmatch=True)
TRACKING = st.sampled_from(["", "utm_source=rss", "utm_medium=feed&utm_campaign=x", "fbclid=abc", "xtor=RSS-1"])


@given(
    PATHS, st.booleans(), st.booleans(), st.booleans(), TRACKING, st.sampled_from(["", "#top"]),
    st.sampled_from(["same", "other", "none"]), st.text(min_size=1, max_size=30),
    st.sampled_from(["", "p=1", "a=2&b=1"]),
)  # fmt: skip
def test_an_entry_is_known_again_under_any_spelling(path, secure, www, slash, tracking, fragment, guid, title, query):
    first = Collected("Titre", "guid-1", f"https://partenaire.example/{path}{'?' * bool(query)}{query}")
    asked = "&".join(part for part in (tracking, query) if part)
    link = (
        f"http{'s' * secure}://{'www.' * www}partenaire.example/{path}{'/' * slash}{'?' * bool(asked)}{asked}{fragment}"
    )
    again = replace(first, title=title, link=link, guid={"same": "guid-1", "other": "guid-2", "none": None}[guid])
    known = dict.fromkeys(aliases(first), "copy")
    assert matched([again], known) == ["copy"]


def test_an_entry_without_a_link_is_known_again_under_another_guid_by_its_date_and_title():
    bare = Collected("Titre", "1", published=When(day=date(2026, 3, 1)))
    known = dict.fromkeys(aliases(bare), "copy")
    assert matched([replace(bare, guid="2")], known) == ["copy"]
    assert matched([replace(bare, guid="2", title="Autre")], known) == [None]
    assert [alias.kind for alias in aliases(replace(bare, published=None))] == ["guid"]


HERE = "https://news.example.org"
ID = "019cadfd-8900-7003-b527-71cb91597e8e"


@pytest.mark.parametrize(
    ("said", "ours"),
    [
        ({"link": f"{HERE}/items/{ID}/x"}, True),
        ({"link": f"http://www.news.example.org/items/{ID}/x?utm_source=y"}, True),
        ({"guid": f"{HERE}/items/{ID}"}, True),
        ({"link": f"{HERE}/"}, False),
        ({"link": "https://news.example.org.evil.example/items/1"}, False),
        ({"guid": "items/1"}, False),
        ({}, False),
    ],
)
def test_what_leads_to_an_item_here_is_ours(said, ours):
    assert is_ours(Collected("Titre", **said), HERE) is ours


def test_a_guid_that_looks_as_ours_is_looked_up_by_its_id():
    entry = Collected("Titre", guid=f"urn:uuid:{ID}")
    assert minted_names([entry, Collected("Autre", guid="urn:uuid:x"), Collected("Sans")]) == {ID: entry}
