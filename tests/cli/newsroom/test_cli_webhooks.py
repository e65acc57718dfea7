"""``depeche webhook``."""

from __future__ import annotations


def test_a_webhook_is_added_listed_and_removed(shell):
    secret = shell("webhook", "add", "https://x.example/in", "--event", "item.published").stdout.strip()
    assert secret.startswith("whsec_")
    (hook,) = shell.json("webhook", "list")
    assert (hook["url"], hook["events"], "secret" in hook) == ("https://x.example/in", ["item.published"], False)
    assert hook["id"] in shell("webhook", "list").stdout
    assert "x.example" in shell("webhook", "remove", hook["id"]).stdout
    assert shell.json("webhook", "list") == []
    assert shell.json("webhook", "add", "https://y.example/")["secret"].startswith("whsec_")


def test_what_cannot_be_is_said_in_one_line(shell):
    assert "web address" in shell.error("webhook", "add", "nope")
    assert "x" in shell.error("webhook", "remove", "x")
    shell.error("webhook", "add", "https://x.example/", "--event", "item.born", status=2)


def test_a_test_says_what_came_of_it(shell):
    hook = shell.json("webhook", "add", "http://127.0.0.1:9/in")
    assert "127.0.0.1" in shell.error("webhook", "test", hook["id"])
