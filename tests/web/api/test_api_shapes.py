"""Shapes: what is taken, what is refused, and that nothing else can happen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.errors import InvalidFields, InvalidInput
from web.api.resources import SHAPES
from web.api.routes import ROUTES
from web.api.validation import check, typed

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)
BODIES = sorted({route.body for route in ROUTES if route.body})


@given(value=JSON, name=st.sampled_from(BODIES))
def test_whatever_is_sent_is_taken_or_refused_by_name(value, name):
    try:
        check(value, SHAPES[name])
    except InvalidFields as refused:
        assert refused.fields and all(isinstance(key, str) for key in refused.fields)
    else:
        assert isinstance(value, dict)


@given(text=st.text(), kind=st.sampled_from(["integer", "boolean", "string"]))
def test_a_text_of_the_query_becomes_its_type_or_is_refused(text, kind):
    try:
        assert type(typed(text, {"type": kind})) is {"integer": int, "boolean": bool, "string": str}[kind]
    except InvalidInput:
        assert kind != "string"


@pytest.mark.parametrize(("value", "shape", "where"), [
    (True, {"type": "integer"}, ""), (1.5, {"type": "integer"}, ""), ({"a": {"b/~": 1}}, {
        "type": "object", "properties": {"a": {"type": "object", "additionalProperties": False}}}, "a/b~1~0"),
    (["x", "x"], {"type": "array", "uniqueItems": True}, ""),
    (["x", 1], {"type": "array", "items": {"type": "string"}}, "1"), ("b", {"enum": ["a"]}, ""),
    ("", {"type": "string", "minLength": 1}, ""), (7, {"type": "integer", "maximum": 6}, ""),
    ({}, {"type": "object", "minProperties": 1}, ""), ("a", {"pattern": "^b"}, ""), (None, {"type": ["string"]}, ""),
])  # fmt: skip
def test_each_mistake_is_told_where_it_is(value, shape, where):
    with pytest.raises(InvalidFields) as refused:
        check(value, shape)
    assert set(refused.value.fields) == {where}


def test_of_many_mistakes_twenty_are_told():
    with pytest.raises(InvalidFields) as refused:
        check({str(n): 1 for n in range(10_000)}, SHAPES["NewItem"])
    assert len(refused.value.fields) == 20


def test_whole_numbers_may_be_written_with_a_point_and_null_where_it_is_allowed():
    check(2.0, {"type": "integer"})
    check({"link": None, "image": None, "title": "x"}, SHAPES["NewItem"])


def test_every_shape_a_call_names_is_there():
    named = {name for route in ROUTES for name in (route.body, route.answer) if name}
    assert named <= set(SHAPES)
