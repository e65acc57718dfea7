"""What docs/decisions/field-notes.md names is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
NAMED = re.findall(
    r"`([\w/]+\.py)::(test_\w+)`", (ROOT / "docs" / "decisions" / "field-notes.md").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(("file", "test"), sorted(set(NAMED)))
def test_each_is_shown_by_a_test_that_is_there(file, test):
    assert f"def {test}(" in (ROOT / "tests" / file).read_text(encoding="utf-8")


def test_there_are_some():
    assert len(NAMED) > 40
