"""When a source is looked at again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from news.schedule import after_failure, after_success
from news.sources import Check

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BOUNDS = {"shortest": 900, "longest": 86_400, "seed": "s1"}


def wait(check: Check) -> float:
    return (check.next_at - NOW).total_seconds()


@given(st.integers(-10, 1000), st.booleans(), st.text(max_size=5))
def test_after_a_success_the_wait_stays_within_its_bounds_and_a_tenth(days, changed, seed):
    before = Check(NOW, changed=NOW - timedelta(days=days), failures=3, error_key="x", error_args={"a": 1})
    after = after_success(before, NOW, changed=changed, shortest=900, longest=86_400, seed=seed)
    assert 900 <= wait(after) <= 86_400 * 1.1 + 1
    assert (after.failures, after.error_key, after.error_args) == (0, None, {})
    assert after.checked == after.succeeded == NOW
    assert after.next_at.microsecond == 0


def test_a_lively_source_is_looked_at_more_often_than_a_quiet_one():
    lively = after_success(Check(NOW), NOW, changed=True, **BOUNDS)
    quiet = after_success(Check(NOW, changed=NOW - timedelta(days=5)), NOW, changed=False, **BOUNDS)
    assert wait(lively) < 1000
    assert 43_200 <= wait(quiet) <= 43_200 * 1.1 + 1
    assert lively.changed == NOW
    assert quiet.changed == NOW - timedelta(days=5)


@given(st.integers(0, 10_000))
def test_after_a_failure_the_wait_stays_within_its_bounds_and_a_tenth(failures):
    after = after_failure(Check(NOW, failures=failures), NOW, key="k", args={}, **BOUNDS)
    assert 900 <= wait(after) <= 86_400 * 1.1 + 1


def test_the_wait_doubles_with_every_failure_and_remembers_why():
    check, waits = Check(NOW, succeeded=NOW, etag='"x"', body_hash="h"), []
    for _ in range(5):
        check = after_failure(check, NOW, key="fetch.timeout", args={"seconds": 9}, **BOUNDS)
        waits.append(wait(check))
    bases = (900, 1800, 3600, 7200, 14_400)
    assert all(base <= seconds <= base * 1.1 + 1 for seconds, base in zip(waits, bases, strict=True))
    assert (check.failures, check.error_key, check.error_args) == (5, "fetch.timeout", {"seconds": 9})
    assert (check.succeeded, check.etag, check.body_hash) == (NOW, '"x"', "h")


def test_sources_added_together_do_not_stay_together():
    ends = {
        after_success(Check(NOW), NOW, changed=True, shortest=900, longest=900, seed=str(n)).next_at for n in range(30)
    }
    assert len(ends) > 10
