from net.serving.limits import Limits
from net.serving.slow_readers import Uptake

LIMITS = Limits(reading=60.0, whole_body=600.0)


def test_who_takes_nothing_for_a_minute_is_too_slow():
    uptake = Uptake()
    assert not uptake.is_too_slow(500, 1000.0, LIMITS)
    assert not uptake.is_too_slow(500, 1060.0, LIMITS)
    assert uptake.is_too_slow(500, 1060.5, LIMITS)


def test_who_takes_a_little_each_minute_has_as_long_as_a_body_may_take():
    uptake = Uptake()
    taken = [uptake.is_too_slow(500 - minute, 1000.0 + 50 * minute, LIMITS) for minute in range(14)]
    assert taken == [False] * 13 + [True]


def test_another_answer_has_a_time_of_its_own():
    uptake = Uptake()
    uptake.is_too_slow(500, 1000.0, LIMITS)
    uptake.nothing_waits()
    assert not uptake.is_too_slow(500, 9000.0, LIMITS)
    assert not uptake.is_too_slow(500, 9060.0, LIMITS)
