from net.messages import Request
from net.turns import Turns


def taken(turns):
    return [request.url[7:] for request in iter(turns.take, None)]


def requests(*places):
    return [Request(f"http://{place}") for place in places]


def test_a_busy_host_holds_nobody_else_up():
    turns = Turns(requests("a/1", "a/2", "a/3", "b/1"), per_host=2)
    assert taken(turns) == ["a/1", "b/1", "a/2"]


def test_the_end_of_one_lets_the_next_of_its_host_start():
    turns = Turns(requests("a/1", "a/2", "a/3"), per_host=1)
    assert taken(turns) == ["a/1"]
    turns.done(Request("http://a/1"))
    assert taken(turns) == ["a/2"]
    assert taken(turns) == []


def test_every_request_gets_its_turn_once():
    turns = Turns(requests(*(f"h{number % 3}/{number}" for number in range(30))), per_host=2)
    seen = []
    while request := turns.take():
        seen.append(request.url)
        turns.done(request)
    assert sorted(seen) == sorted(f"http://h{number % 3}/{number}" for number in range(30))
