"""Whatever strangers write in an address of the block: an answer or a sentence, never a fault, never their markup."""

from contextlib import suppress
from urllib.parse import urlencode

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from news.errors import InvalidInput
from web.embed.query import COLOURS, LAYOUTS, wanted

words = st.text(max_size=30) | st.sampled_from(["", "ff0000", "#FF0000", "5", "list", "</style>", "１２", "+5", "05"])
FIELDS = ("selection", "form", "in", "not", "how", "language", "own", "ink", "lang")
few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@unhurried
@given(st.dictionaries(st.sampled_from(["limit", "layout", "heading", *COLOURS, "x"]), words))
def test_only_what_the_block_knows_comes_through(said: dict[str, str]) -> None:
    with suppress(InvalidInput):
        asked = wanted(urlencode(said))
        assert 1 <= asked.limit <= 20
        assert asked.layout in LAYOUTS
        assert 2 <= asked.heading <= 6
        assert all(set(colour) <= set("0123456789abcdef") and len(colour) in (0, 6) for colour in asked.colours)
        assert wanted(asked.query) == asked


@few
@given(st.text(max_size=40))
def test_oembed_finds_a_page_or_does_not(client, rest: str) -> None:
    for base in ("https://news.example.org/", "https://news.example.org/embed/", "https://news.example.org/items/", ""):
        answer = client.get("/oembed", query_string={"url": base + rest})
        assert answer.status_code in (200, 404) or (answer.status_code == 400 and not base + rest)


@few
@given(
    st.dictionaries(st.sampled_from(["selection", "form", "in", "not", "how", "language", "own", "ink", "lang"]), words)
)
def test_the_builder_always_answers(client, said: dict[str, str]) -> None:
    answer = client.get("/embed", query_string=said)
    assert answer.status_code in (200, 303, 400, 404)
    assert "</style>" not in answer.text
