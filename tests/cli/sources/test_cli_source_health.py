"""The state of sources from the shell."""

from __future__ import annotations

import pytest


@pytest.fixture
def lost(shell) -> str:
    source = shell.json("source", "add", "http://127.0.0.1:9/feed", "--kind", "feed", "--name", "Lost")
    shell("source", "refresh", source["id"], status=1)
    return str(source["id"])


def test_the_list_says_a_word_and_why_and_is_filtered(shell, lost):
    shell("source", "add", "https://new.example/feed", "--kind", "feed", "--name", "Fresh")
    told = shell("source", "list").stdout
    assert "Failing: 127.0.0.1" in told and "New" in told
    assert [one["name"] for one in shell.json("source", "list", "--state", "failing")] == ["Lost"]
    assert [one["state"] for one in shell.json("source", "list")] == ["new", "failing"]
    assert "Fresh" not in shell("source", "list", "--state", "failing").stdout
    assert "quiet" in shell.error("source", "list", "--state", "odd", status=2)


def test_a_source_shows_its_state_and_its_log(shell, lost):
    told = shell.json("source", "show", lost)
    assert (told["state"], told["last_news"], told["rhythm"], len(told["weeks"])) == ("failing", None, None, 26)
    assert [(one["what"], one["error"]["key"]) for one in told["looks"]] == [
        ("failed", "source.fetch.refused_address"),
    ]  # fmt: skip
    assert "Failing" in shell("source", "show", lost).stdout


def test_check_names_the_broken_ones_with_why_and_what_to_do(shell, lost):
    said = shell("check", status=1).stderr
    (line,) = [line for line in said.splitlines() if "Lost" in line]
    assert "127.0.0.1" in line and "depeche source test http://127.0.0.1:9/feed" in line and lost in line
    assert any("Lost" in one["problem"] for one in shell.json("check", status=1))
