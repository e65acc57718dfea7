"""Many addresses fetched at a time, and turns that hosts are given."""

import threading
import time
from itertools import pairwise

from net.messages import Limits, Request
from tests.patience import PATIENCE


def test_many_are_fetched_and_each_gets_its_own_outcome(server, client):
    for number in range(12):
        server.routes[f"/{number}"] = server.reply(body=b"%d" % number)
    asked = [Request(server.url(f"/{number}")) for number in range(14)] + [Request("ftp://x/")]
    outcomes = {request.url: outcome for request, outcome in client.fetch_many(asked)}
    assert len(outcomes) == 15
    assert all(outcomes[server.url(f"/{number}")].body == b"%d" % number for number in range(12))
    assert [outcomes[server.url(f"/{number}")].key for number in (12, 13)] == ["source.fetch.status"] * 2
    assert outcomes["ftp://x/"].key == "source.fetch.address"


class Crowd:
    """Lingers over what it is asked, and knows how many were there at once; nobody is once they are answered."""

    def __init__(self, answer):
        self.most = self._here = 0
        self._answer, self._lock, self._pairs = answer, threading.Lock(), threading.Barrier(2)

    def __call__(self, peer, head):
        with self._lock:
            self._here += 1
            self.most = max(self.most, self._here)
        self._pairs.wait(PATIENCE)
        # Time for a third, were it let in.
        time.sleep(0.02)
        with self._lock:
            self._here -= 1
        self._answer(peer, head)


def test_a_host_gets_at_most_two_at_a_time(server, client):
    crowd = Crowd(server.reply(body=b"x"))
    for number in range(8):
        server.routes[f"/{number}"] = crowd
    outcomes = client.fetch_many(Request(server.url(f"/{number}")) for number in range(8))
    assert [outcome.body for _, outcome in outcomes] == [b"x"] * 8
    assert crowd.most == 2


def test_a_client_goes_on_after_an_iteration_that_was_left(server, client):
    server.routes["/hang"] = lambda _peer, _head: server.stopping.wait(PATIENCE)
    server.routes["/f"] = server.reply(body=b"ok")
    outcomes = client.fetch_many([Request(server.url("/f")), Request(server.url("/hang"))])
    assert next(outcomes)[1].body == b"ok"
    outcomes.close()
    assert client.fetch(Request(server.url("/f"))).body == b"ok"


def test_a_fetch_does_not_pay_for_the_time_its_neighbours_answer_took_to_read(server, make_client):
    asked = threading.Event()

    def late(peer, head):
        if asked.is_set():
            server.reply(body=b"late")(peer, head)
            return
        asked.set()
        server.stopping.wait(PATIENCE)

    server.routes |= {"/quick": server.reply(body=b"quick"), "/late": late}
    client = make_client(limits=Limits(total=2))
    bodies = []
    for _, outcome in client.fetch_many([Request(server.url("/late")), Request(server.url("/quick"))]):
        bodies.append(getattr(outcome, "body", outcome))
        if outcome.body == b"quick":
            assert asked.wait(PATIENCE)
            time.sleep(2.2)  # reading it takes longer than the other fetch may
    assert sorted(bodies) == [b"late", b"quick"]


def test_where_redirects_lead_counts_as_that_host(server, client):
    """Six sources of one host that all lead to another: that one is asked twice at a time."""
    crowd = Crowd(server.reply(body=b"x"))
    for number in range(6):
        server.routes[f"/{number}"] = server.reply("302 Found", f"Location: {server.url(f'/t{number}', 'localhost')}")
        server.routes[f"/t{number}"] = crowd
    asked = [Request(server.url(f"/{number}")) for number in range(6)]
    assert [outcome.body for _, outcome in client.fetch_many(asked, in_flight=6)] == [b"x"] * 6
    assert crowd.most == 2


def test_a_host_is_left_alone_between_two_requests_of_a_machine(server, make_client):
    moments = []
    server.routes["/f"] = lambda peer, head: (moments.append(time.monotonic()), server.reply()(peer, head))
    client = make_client(pause=0.2)
    client.fetch(Request(server.url("/f")))
    # One after the other: of two on their way together, either may be heard first.
    list(client.fetch_many([Request(server.url("/f")), Request(server.url("/f"))], in_flight=1))
    assert len(moments) == 3
    assert all(later - earlier >= 0.19 for earlier, later in pairwise(moments))


def test_requests_are_asked_for_as_there_is_room(server, client):
    server.routes["/f"] = server.reply()
    handed = []

    def supply():
        for number in range(100):
            handed.append(number)
            yield Request(server.url("/f"))

    outcomes = client.fetch_many(supply(), in_flight=2)
    next(outcomes)
    assert len(handed) < 20
    assert len(list(outcomes)) == 99


def test_requests_may_come_later(server, client):
    server.routes["/f"] = server.reply()
    called = []

    def supply():
        yield Request(server.url("/f"))
        while len(called) < 5:
            yield None
        yield Request(server.url("/f"))

    assert len(list(client.fetch_many(supply(), between=lambda: called.append(1)))) == 2
