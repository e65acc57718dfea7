from net.politeness import Pauses, Turns


def host_of(thing):
    return thing.partition("/")[0]


def turns_of(*things, per_host=2, pauses=None):
    turns = Turns(host_of, per_host, pauses)
    for thing in things:
        turns.add(thing)
    return turns


def taken(turns):
    return list(iter(turns.take, None))


class Beat:
    now = 0.0

    def __call__(self):
        return self.now


def test_a_busy_host_holds_nobody_else_up():
    assert taken(turns_of("a/1", "a/2", "a/3", "b/1")) == ["a/1", "b/1", "a/2"]


def test_the_end_of_one_lets_the_next_of_its_host_start():
    turns = turns_of("a/1", "a/2", "a/3", per_host=1)
    assert taken(turns) == ["a/1"]
    turns.done("a")
    assert taken(turns) == ["a/2"]
    assert taken(turns) == []


def test_every_thing_gets_its_turn_once():
    things = [f"h{number % 3}/{number}" for number in range(30)]
    turns, seen = turns_of(*things), []
    while thing := turns.take():
        seen.append(thing)
        turns.done(host_of(thing))
    assert sorted(seen) == sorted(things)
    assert turns.waiting == 0


def test_what_goes_on_elsewhere_is_the_next_of_that_host():
    turns = turns_of("a/1", "a/2", per_host=1)
    assert turns.take() == "a/1"
    turns.done("a")
    turns.add("a/1-redirected", first=True)
    assert turns.take() == "a/1-redirected"
    assert turns.take() is None, "a redirect counts towards its host's share"


def test_a_host_is_left_alone_for_its_pause_and_the_others_are_not():
    beat = Beat()
    turns = turns_of("a/1", "a/2", "b/1", pauses=Pauses(1.0, beat))
    assert taken(turns) == ["a/1", "b/1"]
    beat.now = 0.5
    turns.done("a")
    beat.now = 1.4
    assert taken(turns) == [], "the pause begins again when it has answered"
    beat.now = 1.5
    assert taken(turns) == ["a/2"]


def test_a_pause_outlives_the_round():
    beat = Beat()
    pauses = Pauses(1.0, beat)
    turns_of("a/1", pauses=pauses).take()
    later = turns_of("a/2", pauses=pauses)
    assert later.take() is None
    beat.now = 1.0
    assert later.take() == "a/2"


def test_pauses_that_are_over_are_forgotten():
    beat = Beat()
    pauses = Pauses(1.0, beat)
    for number in range(25_000):
        beat.now = number
        pauses.begin(f"h{number}")
    assert len(pauses._until) <= 10_000
