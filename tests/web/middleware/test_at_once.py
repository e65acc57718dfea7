"""Answers straight from the connection: the same, byte by byte, as those that go the whole way, and never older."""

import threading
import time
from contextlib import contextmanager
from urllib.parse import unquote

import pytest

from app import create_app
from tests.patience import PATIENCE, until
from tests.web_server import everything, one_answer, serving

ADDRESSES = [
    "/feeds/masters.atom", "/feeds/all.en.json", "/feeds/doctorat%2Bmasters.rss", "/feeds/all.rss?utm_source=x&p=a%20b",
    "/embed/masters.html?limit=2", "/embed/masters?limit=3", "/embed/masters.json", "/embed/all.fr.email.html",
    "/embed/all.txt?limit=1", "/embed.js",
]  # fmt: skip
FIELDS = [
    {},
    {"Accept-Encoding": "gzip"},
    {"Accept-Encoding": "br;q=0.5, gzip;q=0.4, identity;q=0"},
    {"Accept-Encoding": "nonsense, q=;;"},
    {"If-None-Match": "*"},
    {"If-None-Match": "{etag}"},
    {"If-None-Match": 'W/"x", W/{etag}'},
    {"If-None-Match": '"other"', "If-Modified-Since": "{modified}"},
    {"If-Modified-Since": "{modified}"},
    {"If-Modified-Since": "Thu, 01 Jan 2099 00:00:00 GMT"},
    {"If-Modified-Since": "yesterday"},
    {"Range": "bytes=0-9", "If-Range": "{etag}"},
    {"Cache-Control": "no-cache", "Authorization": "Bearer x", "Cookie": "depeche_staff=forged"},
    {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "gopher"},
    {"Host": "", "Origin": "https://partner.example", "Referer": "https://partner.example/\xe9"},
    {"Connection": "close"},
]


@contextmanager
def whole_way(app):
    """The same application where nothing is ever answered at once."""
    with serving(app) as made:
        yield made


@pytest.fixture
def counted(app):
    """How often the application's thread was asked for an answer."""
    asked, inner = [], app.wsgi_app

    def asking(environ, start):
        asked.append(environ["PATH_INFO"])
        return inner(environ, start)

    app.wsgi_app = asking
    return asked


@pytest.fixture
def served(app, counted, monkeypatch):
    # The store is looked at when something was changed here, and not when time passes: tests would run into it.
    monkeypatch.setattr("desk.publishing.freshness.LOOK_EVERY", 3600.0)
    with serving(app, app.extensions["ready"]) as made:
        yield made


def ask(served, address, method="GET", **fields):
    lines = {"Host": "x", **{name.replace("_", "-"): value for name, value in fields.items()}}
    with served.connect() as connection:
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        connection.sendall(f"{method} {address} HTTP/1.1\r\n{head}\r\n".encode("latin-1"))
        if method == "HEAD":
            # Nothing comes after the head: not even before what is asked next, by those who may ask more.
            if lines.get("Connection") == "close":
                head, _, rest = everything(connection).partition(b"\r\n\r\n")
                assert not rest
                return head
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            head, *rest = everything(connection).split(b"\r\n\r\n")
            assert not rest[0] or rest[0].startswith(b"HTTP/1.1 200 OK")
            return head
        return one_answer(connection)


def told(address_fields, known):
    return {name: value.format(**known) for name, value in address_fields.items()}


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_is_the_same_whichever_way_it_came(app, post, served, counted, address):
    post("Une visite", "masters")
    with whole_way(app) as other:
        first = ask(served, address)[1]
        known = {"etag": first["etag"], "modified": first.get("last-modified", "")}
        counted.clear()
        for fields in FIELDS:
            for method in ("GET", "HEAD"):
                at_once = ask(served, address, method, **told(fields, known))
                assert set(counted) <= {"/healthz"}, "it was answered at once"
                counted.clear()
                whole = ask(other, address, method, **told(fields, known))
                assert _undated(at_once) == _undated(whole), (method, fields)
                assert counted[0] == unquote(address.partition("?")[0])
                counted.clear()


def _undated(answer):
    if isinstance(answer, bytes):
        return [line for line in answer.split(b"\r\n") if not line.startswith(b"date: ")]
    status, fields, body = answer
    return status, [field for field in fields.items() if field[0] != "date"], body


def test_whatever_is_no_ready_answer_goes_the_whole_way_each_time(served, counted):
    others = [
        "/", "/feeds", "/feeds/none.atom", "/feeds/masters.xml", "/feeds/masters", "/embed/none.html", "/feeds.opml",
        "/feeds/masters+doctorat.atom", "/feeds/masters.atom/", "/staff/login", "/healthz", "/nowhere",
    ]  # fmt: skip
    for address in others:
        counted.clear()
        for _ in range(2):
            ask(served, address)
        assert len(counted) == 2, address


def test_what_takes_none_of_our_codings_is_refused_as_ever(served):
    ask(served, "/feeds/masters.atom")
    assert ask(served, "/feeds/masters.atom", Accept_Encoding="identity;q=0, *;q=0")[0] == 406


def test_what_was_posted_here_is_in_the_very_next_answer(app, served, post, counted):
    before = ask(served, "/feeds/masters.json")
    assert _undated(ask(served, "/feeds/masters.json")) == _undated(before) and len(counted) == 1
    post("Une visite", "masters")
    ask(served, "/staff/items/new", "POST", Content_Length="0")

    assert b"Une visite" in ask(served, "/feeds/masters.json")[2]


def test_what_another_process_posts_is_there_within_a_second(app, post, monkeypatch, served, counted):
    monkeypatch.setattr("desk.publishing.freshness.LOOK_EVERY", 0.05)
    app.extensions["publisher"].changed()
    ask(served, "/feeds/masters.json")
    post("Une visite", "masters")

    until(lambda: b"Une visite" in ask(served, "/feeds/masters.json")[2])


def test_while_an_answer_is_being_made_others_do_not_wait(app, served, post, monkeypatch):
    ask(served, "/feeds/all.json")
    entered, go = threading.Event(), threading.Event()
    made = app.extensions["publisher"]._make

    def slowly(*args):
        entered.set()
        assert go.wait(PATIENCE)
        return made(*args)

    monkeypatch.setattr(app.extensions["publisher"], "_make", slowly)
    cold = threading.Thread(target=lambda: ask(served, "/feeds/doctorat.json"))
    cold.start()
    assert entered.wait(PATIENCE)
    assert ask(served, "/feeds/all.json")[0] == 200
    go.set()
    cold.join()


def test_with_every_thread_busy_what_was_changed_elsewhere_is_given_no_more(app, post, monkeypatch):
    # It is time to look when the test says so, and not when the machine is slow.
    monkeypatch.setattr("desk.publishing.freshness.LOOK_EVERY", 3600.0)
    monkeypatch.setattr("desk.publishing.freshness.PATIENCE", 3600.0)
    freshness = app.extensions["publisher"].freshness
    entered, go = threading.Event(), threading.Event()
    inner = app.wsgi_app

    def busy(environ, start):
        if environ["PATH_INFO"] == "/busy":
            entered.set()
            assert go.wait(PATIENCE)
        return inner(environ, start)

    app.wsgi_app = busy
    with serving(app, app.extensions["ready"], threads=1) as made:
        ask(made, "/feeds/masters.json")
        with made.connect() as connection:
            connection.sendall(b"GET /busy HTTP/1.1\r\nHost: x\r\n\r\n")
            assert entered.wait(PATIENCE)
            assert ask(made, "/feeds/masters.json")[0] == 200
            post("Une visite", "masters")
            before = freshness.epoch()
            monkeypatch.setattr(freshness, "_beat", lambda: time.monotonic() + 3600.0)
            until(lambda: freshness.recent() != before)
            with made.connect() as reader:
                reader.sendall(b"GET /feeds/masters.json HTTP/1.1\r\nHost: x\r\n\r\n")
                reader.settimeout(0.5)
                with pytest.raises(TimeoutError):
                    reader.recv(1)
                go.set()
                reader.settimeout(PATIENCE)
                assert b"Une visite" in one_answer(reader)[2]


def test_at_once_or_not_a_reader_is_counted_once_for_each_answer(app, served):
    seen = []
    app.extensions["ready"]._counted.seen = lambda path, query, environ: seen.append(
        (path, query, environ.get("HTTP_USER_AGENT"), environ["REMOTE_ADDR"])
    )
    for _ in range(3):
        ask(served, "/feeds/masters.atom?p=x", User_Agent="reader/1.0")
    ask(served, "/feeds/masters.atom?p=x", "HEAD")

    assert seen == [("/feeds/masters.atom", "p=x", "reader/1.0", "127.0.0.1")] * 3


def test_answers_nobody_keeps_any_more_are_made_again(desk, monkeypatch):
    monkeypatch.setattr("desk.publishing.publisher.MOST_ANSWERS", 1)
    app = create_app(desk)
    app.extensions["publisher"]._most = (10_000_000, 1)
    with serving(app, app.extensions["ready"]) as made:
        for _ in range(2):
            assert [ask(made, f"/feeds/{name}.atom")[0] for name in ("all", "masters", "doctorat")] == [200] * 3
