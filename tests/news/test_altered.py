"""A value with something else in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from news.altered import altered
from news.sources import Check

CHECK = Check(datetime(2026, 3, 2, tzinfo=UTC), etag='"1"', failures=2)


def test_an_altered_value_is_what_replacing_makes() -> None:
    assert altered(CHECK, etag=None, same=3) == replace(CHECK, etag=None, same=3)
    assert altered(CHECK) == CHECK
    assert CHECK.etag == '"1"'


def test_what_a_value_does_not_have_is_no_part_of_another() -> None:
    with pytest.raises(TypeError):
        altered(CHECK, colour="blue")
