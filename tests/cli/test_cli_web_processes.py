"""``depeche web``: several processes on one port."""

import os
import signal

import pytest

from cli.workers import Workers
from net.ports import answers
from tests.cli.test_cli_serve import alive, children


@pytest.fixture
def web(shell, start, port, soon, got):
    """The web alone, with two processes, once it answers; and its processes."""
    process = start("web", "--port", str(port), "--workers", "2")
    soon(lambda: process.poll() is not None or got(f"http://127.0.0.1:{port}/healthz"))
    return process


@pytest.fixture
def port():
    from net.ports import free_port

    return free_port("127.0.0.1")


def test_a_process_that_dies_is_replaced_while_the_other_answers(web, port, got, soon):
    first, second = sorted(children(web.pid))
    os.kill(first, signal.SIGKILL)
    assert soon(lambda: got(f"http://127.0.0.1:{port}/feeds/all.atom"))
    soon(lambda: len(set(children(web.pid)) - {first}) == 2)

    assert second in children(web.pid) and web.poll() is None
    web.send_signal(signal.SIGHUP)
    assert web.wait(9) == 0
    assert "“web” stopped by itself" in web.stdout.read()
    assert not answers("127.0.0.1", port) and not alive(second)


def test_processes_that_cannot_work_are_given_up(monkeypatch):
    monkeypatch.setattr("cli.workers.pause_before", lambda failures: 0.0)
    died = []

    assert Workers(2, lambda: os._exit(1), 1.0, died=lambda: died.append(1)).run() is False
    assert len(died) >= 5


def test_a_process_that_does_not_end_is_ended(monkeypatch):
    def deaf():
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.pause()

    workers = Workers(1, deaf, 0.1)
    workers.stop.wait = lambda seconds: workers.stop.set()

    assert workers.run() is True
