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
    assert len(NAMED) > 60


@pytest.mark.parametrize("lock", sorted(ROOT.glob("requirements*.lock")), ids=lambda lock: lock.name)
def test_a_lock_names_versions_and_hashes_and_no_address_of_a_registry(lock):
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    packages = re.findall(r"^[a-z0-9][^\n]*", text, re.MULTILINE)
    assert packages and all("==" in package for package in packages)
    assert len(re.findall(r"^[a-z0-9](?:[^\n]*\\\n)+ +--hash=sha256:[0-9a-f]{64}", text, re.MULTILINE)) == len(packages)
