import os
import signal
import sys
import threading

import pytest

from cli.serving import supervisor
from cli.serving.supervisor import Part, Supervisor, pause_before


def python(script: str) -> list[str]:
    return [sys.executable, "-c", script]


def kept_running(*parts: Part, **options):
    keeper = Supervisor(parts, os.environ, **options)
    ended: list[str | None] = []
    thread = threading.Thread(target=lambda: ended.append(keeper.run()))
    thread.start()
    return keeper, thread, ended


def test_pauses_grow_to_a_bound():
    assert [pause_before(failures) for failures in range(1, 8)] == [0.5, 1, 2, 4, 8, 8, 8]


def test_a_part_that_dies_is_started_again(tmp_path, soon):
    part = Part("web", python(f"open({str(tmp_path / 'log')!r}, 'a').write('x'); import sys; sys.stdin.read()"))
    died: list[str] = []
    keeper, thread, ended = kept_running(part, died=died.append)

    soon(lambda: (tmp_path / "log").exists() and (tmp_path / "log").read_text() == "x")
    part.process.kill()
    soon(lambda: (tmp_path / "log").read_text() == "xx")
    keeper.stop.set()
    thread.join()

    assert (died, ended) == (["web"], [None])


def test_it_gives_up_on_a_part_that_keeps_dying(monkeypatch):
    monkeypatch.setattr(supervisor, "pause_before", lambda failures: 0.0)
    good, bad = Part("web", python("import sys; sys.stdin.read()")), Part("worker", python("raise SystemExit(1)"))
    _, thread, ended = kept_running(good, bad)
    thread.join()

    assert ended == ["worker"]
    assert bad.failures == supervisor.MOST_FAILURES
    assert good.process is None


def test_stopping_ends_a_part_that_does_not_listen(monkeypatch, tmp_path, soon):
    monkeypatch.setattr(supervisor, "SECONDS_TO_STOP", 0.5)
    script = (
        f"import signal, time; signal.signal(15, signal.SIG_IGN); open({str(tmp_path / 'up')!r}, 'w'); time.sleep(600)"
    )
    part = Part("deaf", python(script))
    keeper, thread, ended = kept_running(part)
    soon((tmp_path / "up").exists)
    process = part.process
    keeper.stop.set()
    thread.join()

    assert process.returncode == -signal.SIGKILL
    assert ended == [None]


@pytest.mark.parametrize("failures", [0, 1])
def test_a_part_that_lived_long_enough_starts_counting_anew(monkeypatch, failures, soon):
    monkeypatch.setattr(supervisor, "HEALTHY_SECONDS", -1.0)
    part = Part("web", python("import sys; sys.stdin.read()"), failures=failures + 3)
    keeper, thread, _ = kept_running(part)
    soon(lambda: part.process)
    part.process.kill()
    soon(lambda: part.failures == 1)
    keeper.stop.set()
    thread.join()
