import gzip
import socket
import zlib

import brotli
import pytest

from net.messages import Limits, Request
from news.errors import FetchFailed
from tests.patience import PATIENCE

ZEROS = b"\0" * 30_000_000


def failure(client, url):
    with pytest.raises(FetchFailed) as caught:
        client.fetch(Request(url))
    return caught.value


def endless(peer, _head):
    peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n")
    while True:
        peer.sendall(b"<item/>" * 1000)


def endless_chunks(peer, _head):
    peer.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        peer.sendall(b"1000\r\n" + b"x" * 0x1000 + b"\r\n")


def endless_redirect(peer, _head):
    peer.sendall(b"HTTP/1.1 302 Found\r\nLocation: /end\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        peer.sendall(b"1000\r\n" + b"x" * 0x1000 + b"\r\n")


def endless_head(peer, _head):
    peer.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        peer.sendall(b"X-More: and more\r\n" * 100)


def promise_too_much(peer, _head):
    peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nConnection: close\r\n\r\nonly this")


def wrong_chunks(peer, _head):
    peer.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")


@pytest.mark.parametrize(("path", "answer"), [("/body", endless), ("/chunks", endless_chunks)])
def test_an_endless_body_is_cut(server, client, path, answer):
    server.routes[path] = answer
    assert failure(client, server.url(path)).key == "source.fetch.too_big"


def test_the_bodies_of_all_redirects_count_together(server, make_client):
    client = make_client(limits=Limits(wire=100_000))
    for number in range(3):
        server.routes[f"/{number}"] = server.reply("302 Found", f"Location: /{number + 1}", body=b"x" * 40_000)
    server.routes["/3"] = server.reply(body=b"end")
    assert client.fetch(Request(server.url("/2"))).body == b"end"
    assert client.fetch(Request(server.url("/1"))).body == b"end"
    assert failure(client, server.url("/0")).key == "source.fetch.too_big"


def test_the_body_of_a_redirect_counts_too(server, client):
    server.routes["/f"], server.routes["/end"] = endless_redirect, server.reply(body=b"end")
    assert failure(client, server.url("/f")).key == "source.fetch.too_big"


def test_an_endless_head_is_cut(server, client):
    server.routes["/f"] = endless_head
    assert failure(client, server.url("/f")).key in ("source.fetch.broken", "source.fetch.too_big")


@pytest.mark.parametrize(
    ("coding", "squeeze"),
    [("gzip", gzip.compress), ("deflate", zlib.compress), ("br", lambda body: brotli.compress(body, quality=5))],
)
def test_a_bomb_is_cut_by_its_decoded_size(server, client, coding, squeeze):
    bomb = squeeze(ZEROS)
    assert len(bomb) < 200_000
    server.routes["/f"] = server.reply("200 OK", f"Content-Encoding: {coding}", body=bomb)
    assert failure(client, server.url("/f")).key == "source.fetch.too_big"


def test_a_bomb_in_a_bomb_is_cut(server, client):
    bomb = gzip.compress(gzip.compress(ZEROS * 3))
    server.routes["/f"] = server.reply("200 OK", "Content-Encoding: gzip, gzip", body=bomb)
    assert failure(client, server.url("/f")).key == "source.fetch.too_big"


@pytest.mark.parametrize(
    ("coding", "squeeze"), [("gzip", gzip.compress), ("deflate", zlib.compress), ("br", brotli.compress)]
)
def test_a_compressed_body_is_decoded(server, client, coding, squeeze):
    server.routes["/f"] = server.reply("200 OK", f"Content-Encoding: {coding}", body=squeeze(b"<rss>" * 1000))
    assert client.fetch(Request(server.url("/f"))).body == b"<rss>" * 1000


@pytest.mark.parametrize("coding", ["gzip", "utf-8", "gzip, utf-8"])
@pytest.mark.parametrize("body", [b"<rss/>", b"\xef\xbb\xbf\n <rss/>", b'{"version": 1}'])
def test_a_document_that_is_not_compressed_as_it_says_is_read_as_it_is(server, client, coding, body):
    server.routes["/f"] = server.reply("200 OK", f"Content-Encoding: {coding}", body=body)
    assert client.fetch(Request(server.url("/f"))).body == body
    assert len(server.heads) == 2
    server.routes["/g"] = server.reply("200 OK", "Content-Encoding: gzip", body=gzip.compress(b"<rss>"))
    assert client.fetch(Request(server.url("/g"))).body == b"<rss>", "what is asked next is decoded again"


@pytest.mark.parametrize("body", [b"\x1f\x8b<rss/>", gzip.compress(b"<rss>" * 9, mtime=0)[:-12], b"rss"])
def test_a_body_that_is_no_document_and_not_compressed_as_it_says_is_broken(server, client, body):
    server.routes["/f"] = server.reply("200 OK", "Content-Encoding: utf-8", body=body)
    assert failure(client, server.url("/f")).key == "source.fetch.broken"


@pytest.mark.parametrize(("path", "answer"), [("/short", promise_too_much), ("/chunks", wrong_chunks)])
def test_a_body_cut_short_is_never_taken_for_the_whole(server, client, path, answer):
    server.routes[path] = answer
    assert failure(client, server.url(path)).key == "source.fetch.broken"


def test_an_empty_answer_is_broken(server, client):
    server.routes["/f"] = lambda peer, _head: peer.shutdown(socket.SHUT_RDWR)
    assert failure(client, server.url("/f")).key == "source.fetch.broken"


def test_what_is_not_http_is_broken(server, client):
    server.routes["/f"] = lambda peer, _head: peer.sendall(b"220 smtp ready\r\n\r\n")
    assert failure(client, server.url("/f")).key == "source.fetch.broken"


def test_a_slow_drip_ends_with_the_total_time(server, make_client):
    def drip(peer, _head):
        peer.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while not server.stopping.wait(0.05):
            peer.sendall(b"x")

    server.routes["/f"] = drip
    client = make_client(limits=Limits(total=0.4))
    assert failure(client, server.url("/f")).key == "source.fetch.timeout"


def test_silence_ends_with_the_idle_time(server, make_client):
    silent_until = []
    server.routes["/f"] = lambda _peer, _head: silent_until.append(server.stopping.wait(PATIENCE))
    client = make_client(limits=Limits(idle=1, total=PATIENCE))
    assert failure(client, server.url("/f")).key == "source.fetch.timeout"
    assert silent_until == [], "the server was silent still"


def test_a_client_is_whole_again_after_a_failure(server, client):
    server.routes["/bad"], server.routes["/good"] = endless, server.reply(body=b"ok")
    failure(client, server.url("/bad"))
    assert client.fetch(Request(server.url("/good"))).body == b"ok"


def test_a_validator_too_long_to_keep_is_none(server, client):
    server.routes["/"] = server.reply("200 OK", f'ETag: "{"x" * 50_000}"', f"Last-Modified: {'y' * 50_000}", body=b"a")
    answer = client.fetch(Request(server.url("/")))
    assert (answer.body, answer.etag, answer.last_modified) == (b"a", None, None)
