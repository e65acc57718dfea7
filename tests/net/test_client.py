import socket
import threading
import time

import pytest

from net.messages import Limits, Request
from news.errors import FetchFailed
from tests.patience import PATIENCE
from tests.ports import unheard


def failure(client, url, **validators):
    with pytest.raises(FetchFailed) as caught:
        client.fetch(Request(url, **validators))
    return caught.value


def sent(server, name):
    return [
        line.partition(b":")[2].strip()
        for head in server.heads
        for line in head.split(b"\r\n")
        if line.lower().startswith(name + b":")
    ]


def test_an_answer_is_body_headers_and_validators(server, client):
    server.routes["/f"] = server.reply("200 OK", 'ETag: "a"', "Last-Modified: yesterday", "X-A: é", body=b"<rss/>")
    response = client.fetch(Request(server.url("/f")))
    assert (response.status, response.body, response.url) == (200, b"<rss/>", server.url("/f"))
    assert (response.etag, response.last_modified, response.headers["x-a"]) == ('"a"', "yesterday", "é")
    assert not response.not_modified and response.moved_to is None


def test_the_request_says_who_asks_and_what_for_and_nothing_else(server, client):
    server.routes["/f"] = server.reply()
    client.fetch(Request(server.url("/f")))
    names = {line.split(b":")[0].lower() for line in server.heads[0].strip().split(b"\r\n")[1:]}
    assert names == {b"host", b"user-agent", b"accept", b"accept-encoding"}
    assert sent(server, b"user-agent") == [b"Depeche-tests (+http://localhost/)"]
    assert b"application/atom+xml" in sent(server, b"accept")[0]


def test_validators_go_back_byte_for_byte_and_304_is_an_answer(server, client):
    server.routes["/f"] = server.reply("304 Not Modified", 'ETag: W/"é;--gzip"')
    response = client.fetch(Request(server.url("/f"), etag='W/"é;--gzip"', last_modified="hier, 25:00"))
    assert sent(server, b"if-none-match") == ['W/"é;--gzip"'.encode("latin-1")]
    assert sent(server, b"if-modified-since") == [b"hier, 25:00"]
    assert response.not_modified and response.body == b"" and response.etag == 'W/"é;--gzip"'


def test_a_validator_cannot_smuggle_a_header(server, client):
    server.routes["/f"] = server.reply()
    client.fetch(Request(server.url("/f"), etag='"a"\r\nX-Evil: 1', last_modified="€"))
    assert sent(server, b"x-evil") == sent(server, b"if-none-match") == sent(server, b"if-modified-since") == []


def test_a_304_nobody_asked_for_is_a_failure(server, client):
    server.routes["/f"] = server.reply("304 Not Modified")
    assert failure(client, server.url("/f")).message_args["status"] == 304


def test_an_unconditional_fetch_after_a_conditional_one_sends_no_validators(server, client):
    server.routes["/f"] = server.reply()
    client.fetch(Request(server.url("/f"), etag='"a"'))
    client.fetch(Request(server.url("/f")))
    assert sent(server, b"if-none-match") == [b'"a"']


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 429, 500, 503])
def test_an_error_status_is_a_failure_that_names_it(server, client, status):
    server.routes["/f"] = server.reply(f"{status} No", "Retry-After: 7", body=b"<rss/>")
    error = failure(client, server.url("/f"))
    assert error.key == "source.fetch.status"
    assert error.message_args == {"status": status, "retry_after": 7, "host": "127.0.0.1"}


def test_a_redirect_without_a_place_is_a_failure(server, client):
    server.routes["/f"] = server.reply("302 Found", body=b"x")
    assert failure(client, server.url("/f")).message_args["status"] == 302


def test_permanent_redirects_tell_the_new_address(server, client):
    server.routes["/old"] = server.reply("301 Moved", "Location: /new")
    server.routes["/new"] = server.reply(body=b"here")
    response = client.fetch(Request(server.url("/old")))
    assert (response.url, response.moved_to, response.body) == (server.url("/new"), server.url("/new"), b"here")


def test_a_temporary_redirect_is_followed_and_forgotten(server, client):
    server.routes["/old"] = server.reply("302 Found", "Location: /new", body=b"not this")
    server.routes["/new"] = server.reply(body=b"here")
    response = client.fetch(Request(server.url("/old")))
    assert (response.url, response.moved_to, response.body) == (server.url("/new"), None, b"here")


def test_where_a_temporary_redirect_leads_on_for_ever_is_no_new_address(server, client):
    server.routes["/old"] = server.reply("302 Found", "Location: /away")
    server.routes["/away"] = server.reply("301 Moved", "Location: /new")
    server.routes["/new"] = server.reply(body=b"here")
    response = client.fetch(Request(server.url("/old")))
    assert (response.url, response.moved_to) == (server.url("/new"), None)


def test_a_redirect_loop_ends(server, client):
    server.routes["/a"] = server.reply("302 Found", "Location: /b")
    server.routes["/b"] = server.reply("302 Found", "Location: /a")
    assert failure(client, server.url("/a")).key == "source.fetch.redirects"
    assert len(server.heads) == 6


@pytest.mark.parametrize(
    "place", ["file:///etc/passwd", "gopher://127.0.0.1:25/x", "ftp://127.0.0.1/", "dict://127.0.0.1:11211/"]
)
def test_a_redirect_out_of_the_web_is_refused(server, client, place):
    server.routes["/f"] = server.reply("302 Found", f"Location: {place}")
    assert failure(client, server.url("/f")).key == "source.fetch.address"


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://example.com/", "http://", "nonsense", "http://u:p@127.0.0.1/", ""]
)
def test_only_web_addresses_without_credentials_are_fetched(client, url):
    assert failure(client, url).key == "source.fetch.address"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "0",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
    ],
)
def test_no_spelling_of_a_private_address_gets_through(server, make_client, host):
    server.routes["/f"] = server.reply(body=b"secret")
    assert failure(make_client(allowed=""), server.url("/f", host)).key == "source.fetch.refused_address"
    assert server.heads == []


def test_a_redirect_to_a_private_address_is_refused(server, make_client):
    server.routes["/f"] = server.reply("302 Found", f"Location: http://127.0.0.2:{server.port}/secret")
    client = make_client(allowed=f"127.0.0.1:{server.port}")
    error = failure(client, server.url("/f"))
    assert (error.key, error.message_args["host"]) == ("source.fetch.refused_address", "127.0.0.2")


def test_an_allowed_port_does_not_open_the_others(server, make_client):
    server.routes["/f"] = server.reply()
    assert failure(make_client(allowed="127.0.0.1:1"), server.url("/f")).key == "source.fetch.refused_address"


def test_a_name_that_resolves_to_an_allowed_address_is_fetched(server, client):
    server.routes["/f"] = server.reply(body=b"ok")
    assert client.fetch(Request(server.url("/f", "localhost"))).body == b"ok"


def test_a_name_that_changes_its_mind_is_judged_by_where_it_is_connected_to(server, make_client, monkeypatch):
    """Whatever the name meant to whoever asked before: nothing is decided by an answer that can be another later."""
    public = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", server.port))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: public)
    monkeypatch.setattr("socket.gethostbyname", lambda *_: "93.184.216.34")
    server.routes["/f"] = server.reply(body=b"secret")
    assert failure(make_client(allowed=""), server.url("/f", "localhost")).key == "source.fetch.refused_address"
    assert server.heads == []


def test_a_proxy_of_the_environment_is_not_used(server, client, monkeypatch):
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    for name in ("http_proxy", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    server.routes["/f"] = server.reply(body=b"ok")
    assert client.fetch(Request(server.url("/f"))).body == b"ok"


def test_a_closed_port_is_unreachable(client):
    with unheard() as port:
        assert failure(client, f"http://127.0.0.1:{port}/f").key == "source.fetch.unreachable"


def test_tls_to_a_plain_port_is_a_tls_failure(server, client):
    server.routes[""] = server.reply()
    assert failure(client, server.url("/f").replace("http", "https", 1)).key == "source.fetch.tls"


def test_an_accented_address_is_sent_encoded(server, client):
    server.routes["/actualit%C3%A9s?q=%C3%A9t%C3%A9&a=%20b"] = server.reply(body=b"ok")
    assert client.fetch(Request(server.url("/actualités?q=été&a=%20b"))).body == b"ok"


def test_a_stop_ends_a_running_fetch(server, make_client):
    stop = threading.Event()

    def hang(_peer, _head):
        stop.set()
        server.stopping.wait(PATIENCE)

    server.routes["/hang"] = hang
    client = make_client(stop=stop, limits=Limits(total=PATIENCE, idle=int(PATIENCE)))
    assert failure(client, server.url("/hang")).key == "source.fetch.stopped"


def test_all_hops_together_have_the_time_of_one_fetch(server, make_client):
    def slow_redirect(peer, head):
        time.sleep(0.25)
        server.reply("302 Found", "Location: /a")(peer, head)

    server.routes["/a"] = slow_redirect
    assert failure(make_client(limits=Limits(total=0.6)), server.url("/a")).key == "source.fetch.timeout"
    assert len(server.heads) < 6, "it did not end with too many redirects"


def test_a_redirect_with_credentials_is_refused(server, client):
    server.routes["/f"] = server.reply("302 Found", f"Location: http://u:p@127.0.0.1:{server.port}/x")
    assert failure(client, server.url("/f")).key == "source.fetch.address"
    assert len(server.heads) == 1


def test_the_head_of_a_long_body_is_enough_when_no_more_is_asked_for(server, client):
    server.routes["/f"] = server.reply(body=b"y" * 900_000)
    assert client.fetch(Request(server.url("/f"), head_only=1000)).body == b"y" * 1000


def test_an_answer_says_how_long_it_is_fresh(server, client):
    server.routes["/f"] = server.reply("200 OK", "Cache-Control: max-age=600")
    assert client.fetch(Request(server.url("/f"))).fresh_for == 600


def test_cookies_are_neither_kept_nor_sent(server, client):
    server.routes["/f"] = server.reply("302 Found", "Set-Cookie: a=b", "Location: /g")
    server.routes["/g"] = server.reply("200 OK", "Set-Cookie: c=d")
    client.fetch(Request(server.url("/f")))
    client.fetch(Request(server.url("/f")))
    assert sent(server, b"cookie") == []
