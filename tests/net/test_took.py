"""How long an answer took is told, over all its redirects; and how long a failure took."""

import time

import pytest

from net.messages import Request
from news.errors import FetchFailed

PAUSE = 0.15


def slowly(answer):
    def said(peer, head):
        time.sleep(PAUSE)
        answer(peer, head)

    return said


def test_an_answer_says_how_long_it_took_with_its_redirects(server, client):
    server.routes["/moved"] = slowly(server.reply("302 Found", "Location: /feed"))
    server.routes["/feed"] = slowly(server.reply(body=b"x"))
    answer = client.fetch(Request(server.url("/moved")))
    # Milliseconds: of anything finer there would be more.
    assert 2 * PAUSE * 1000 <= answer.took < PAUSE * 1_000_000
    assert PAUSE * 1000 <= client.fetch(Request(server.url("/feed"))).took < PAUSE * 1_000_000


def test_a_failure_says_how_long_it_took(server, client):
    server.routes["/feed"] = slowly(server.reply("500 Oops"))
    with pytest.raises(FetchFailed) as raised:
        client.fetch(Request(server.url("/feed")))
    assert PAUSE * 1000 <= raised.value.took < PAUSE * 1_000_000
    with pytest.raises(FetchFailed) as refused:
        client.fetch(Request("ftp://nowhere.example/"))
    assert refused.value.took is None
