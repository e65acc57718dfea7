"""What is known of an entry before the store is asked: it comes along from where the document was read."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import UTC

from hypothesis import given
from hypothesis import strategies as st

from news.collected import Collected, Reading
from news.items import Image, When
from news.recognise import aliases, body_text, fingerprint, is_ours, known_beforehand

moments = st.builds(When, moment=st.datetimes(timezones=st.just(UTC)))
whens = st.none() | moments | st.builds(When, day=st.dates())
words = st.none() | st.text(max_size=20)
entries = st.builds(
    Collected, title=st.text(max_size=20), guid=words | st.just("https://a.example/items/1"),
    link=st.none() | st.sampled_from(["https://a.example/items/1", "http://www.b.example/1/?utm_source=x#y"]),
    summary=st.text(max_size=20), content_html=st.sampled_from(["", "<p>Un corps</p><p>entier</p>", "a &amp; b"]),
    author=words, image=st.none() | st.builds(Image, st.text(max_size=9), st.text(max_size=9)),
    terms=st.lists(st.text(max_size=9), max_size=3).map(tuple), language=words, published=whens, updated=whens,
    via=st.lists(st.text(max_size=9), max_size=2).map(tuple),
)  # fmt: skip


@given(entry=entries)
def test_an_entry_comes_from_another_process_as_it_was_read(entry: Collected) -> None:
    plain = pickle.loads(pickle.dumps(entry))
    reading = pickle.loads(pickle.dumps(known_beforehand(Reading("rss", (replace(entry),)))))
    assert plain == entry == reading.entries[0]
    assert plain.gist is None


@given(entry=entries)
def test_what_came_along_is_what_would_be_found_out(entry: Collected) -> None:
    known = known_beforehand(Reading("rss", (replace(entry),))).entries[0]
    assert known.gist is not None
    for find in (aliases, fingerprint, body_text, lambda one: is_ours(one, "https://a.example")):
        assert find(known) == find(entry)


def test_a_changed_entry_does_not_keep_what_was_known_of_the_former_one() -> None:
    known = known_beforehand(Reading("rss", (Collected("Un"),))).entries[0]
    other = replace(known, title="Deux")
    assert other.gist is None
    assert fingerprint(other) == fingerprint(Collected("Deux"))
