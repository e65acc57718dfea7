"""``depeche serve``: web and worker together."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping

import click

from cli.commands import command as make
from cli.output import note
from cli.serving.supervisor import Part, StoppedWorking, Supervisor, depeche
from cli.serving.web import PATIENCE, host_option, port_option, workers_option
from cli.words import say


@make("serve")
@host_option
@port_option
@workers_option
def command(host: str, port: int, workers: int) -> None:
    """Run the web site and the worker together."""
    from cli.opening import desk
    from cli.serving.place import settle_base_url
    from net.ports import bindable

    settle_base_url(host, port)
    opened = desk()
    base_url = opened.settings.base_url
    opened.storage.close()
    bindable(host, port, PATIENCE)
    run(host, port, workers, os.environ, lambda: note("cli.serve.ready", url=base_url))


def run(host: str, port: int, workers: int, environ: Mapping[str, str], ready: Callable[[], None]) -> None:
    """Run web and worker until told to stop; ``ready`` is called once the web answers. Raises StoppedWorking."""
    from desk.settings import CHECKOUT

    web = Part("web", depeche("web", "--host", host, "--port", str(port), "--workers", str(workers), _UNTIL))
    worker = Part("worker", depeche("worker", _UNTIL))
    supervisor = Supervisor(
        (web, worker),
        {**environ, "PYTHONPATH": str(CHECKOUT)},
        died=lambda name: click.echo(f"depeche: {say('cli.serve.died', name=name)}", err=True),
    )
    supervisor.stop_on_signals()
    failed = supervisor.run(lambda: _tell_when_ready(supervisor, host, port, ready))
    if failed:
        raise StoppedWorking("cli.serve.gave_up", name=failed)


def _tell_when_ready(supervisor: Supervisor, host: str, port: int, ready: Callable[[], None]) -> None:
    def wait() -> None:
        from net.ports import answers

        while not supervisor.stop.wait(0.1):
            if supervisor.alive() and answers(_reachable(host), port):
                ready()
                return

    threading.Thread(target=wait, name="ready", daemon=True).start()


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  (named, not bound)


_UNTIL = "--until-input-ends"
