"""``depeche web``: several processes on one port."""

import os
import signal
import socket
import subprocess
import threading

import pytest

from cli.serving.web_processes import Workers
from net.ports import answers
from net.serving.limits import Limits
from net.serving.server import listening, server
from tests.cli.serving.test_cli_serve import alive, children
from tests.patience import PATIENCE
from tests.ports import free_port


@pytest.fixture
def web(shell, start, port, soon, got):
    """The web alone, with two processes, once it answers; and its processes."""
    process = start("web", "--port", str(port), "--workers", "2")
    soon(lambda: process.poll() is not None or got(f"http://127.0.0.1:{port}/healthz"))
    soon(lambda: process.poll() is not None or len(children(process.pid)) == 2)
    return process


@pytest.fixture
def port():
    return free_port()


def test_a_process_that_dies_is_replaced_while_the_other_answers(web, port, got, soon):
    first, second = sorted(children(web.pid))
    os.kill(first, signal.SIGKILL)
    assert soon(lambda: got(f"http://127.0.0.1:{port}/feeds/all.atom"))
    soon(lambda: len(set(children(web.pid)) - {first}) == 2)

    assert second in children(web.pid) and web.poll() is None
    web.send_signal(signal.SIGHUP)
    assert web.wait(PATIENCE) == 0
    assert "“web” stopped by itself" in web.stdout.read()
    assert not answers("127.0.0.1", port) and not alive(second)


def test_processes_that_cannot_work_are_given_up(monkeypatch):
    monkeypatch.setattr("cli.serving.web_processes.pause_before", lambda failures: 0.0)
    died = []

    assert Workers(2, lambda: os._exit(1), 1.0, died=lambda: died.append(1)).run() is False
    assert len(died) >= 5


@pytest.fixture
def handlers():
    """What this process does about signals is put back."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("seconds", [0.0, 0.002, 0.01, 0.03, 0.1])
def test_a_signal_to_stop_is_heeded_wherever_a_process_is(number, seconds, handlers, port, capfd):
    def work():
        server(lambda environ, start_response: [], lambda *_: None, Limits(), threads=1, seconds_to_stop=1).run([taken])

    with listening("127.0.0.1", port, 8) as taken:
        workers = Workers(1, work, 1.0)
        workers.stop_on_signals()
        process = workers._forked()
        threading.Event().wait(seconds)
        os.kill(process.pid, number)
        # Once more, as Ctrl-C comes from the terminal and SIGTERM from the one who started it.
        os.kill(process.pid, signal.SIGTERM)
        process.join(PATIENCE)

    assert process.exitcode == 0
    assert "Traceback" not in capfd.readouterr().err


def test_a_port_that_somebody_takes_at_the_last_moment_is_one_sentence(shell, port, monkeypatch):
    monkeypatch.setattr("net.ports.bindable", lambda host, port, patience=0.0: host)
    with socket.create_server(("127.0.0.1", port)):
        assert f"Port {port} of 127.0.0.1 is taken" in shell.error("web", "--port", str(port))


@pytest.mark.parametrize("processes", [1, 2, 3, 4, None])
def test_ctrl_c_ends_it_quietly_whenever_it_comes(processes, shell, port, command_line, environ, soon, got):
    process = subprocess.Popen(
        [*command_line, "serve", "--port", str(port), "--workers", "2"], env=environ, cwd="/", text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip
    if processes:
        soon(lambda: len(children(process.pid)) >= processes)
    else:
        soon(lambda: got(f"http://127.0.0.1:{port}/healthz"))
    os.killpg(process.pid, signal.SIGINT)
    said, _ = process.communicate(timeout=PATIENCE)

    assert process.returncode == 0
    assert "Traceback" not in said and "stopped by itself" not in said, said


def test_a_process_that_does_not_end_is_ended(monkeypatch):
    def deaf():
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        while True:
            signal.pause()

    workers = Workers(1, deaf, 0.1)
    workers.stop.wait = lambda seconds: workers.stop.set()

    assert workers.run() is True
