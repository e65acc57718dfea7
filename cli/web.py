"""``depeche web``: the web server alone, on granian."""

from __future__ import annotations

import os
import resource
from collections.abc import Callable
from importlib import import_module
from typing import Any

import click

from cli.commands import command as make
from cli.commands import option
from cli.values import Whole
from cli.words import message_of
from news.errors import DepecheError

BLOCKING_THREADS = 32
# Connections, idle ones included, that a process holds at once; threads alone bound how many requests it works on.
MOST_CONNECTIONS = 4096
SECONDS_TO_STOP = 5
# What was killed a moment ago may still hold the port.
PATIENCE = 2.5


def usual_workers() -> int:
    """Web processes unless told: one a core, at most four."""
    return max(1, min(4, os.cpu_count() or 1))


host_option = option("--host", default="127.0.0.1")
port_option = option("--port", type=Whole(1, 65535), default=8000)
workers_option = option("--workers", type=Whole(1, 64), default=usual_workers)
until_option = option("--until-input-ends", is_flag=True, hidden=True)


@make("web")
@host_option
@port_option
@workers_option
@until_option
def command(host: str, port: int, workers: int, until_input_ends: bool) -> None:
    """Run the web site alone."""
    from cli.opening import desk
    from cli.parent import end_self, when_input_ends
    from cli.place import settle_base_url
    from net.ports import bindable

    settle_base_url(host, port)
    opened = desk()
    log_format = opened.settings.log_format
    opened.storage.close()
    address = bindable(host, port, PATIENCE)
    if until_input_ends:
        when_input_ends(end_self)
    _allow_many_connections()
    serve(address, port, workers, log_format)


def serve(address: str, port: int, workers: int, log_format: str) -> None:
    """Serve HTTP/1.1 on ``address``:``port`` from ``workers`` processes until told to stop (SIGTERM, SIGINT)."""
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.http import HTTP1Settings
    from granian.log import LogLevels

    from cli.logs import config

    # Loaded before the processes part, the program's code is in memory once.
    import_module("web")
    server = Granian(
        "app:create_app",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=BLOCKING_THREADS,
        backlog=MOST_CONNECTIONS,
        backpressure=MOST_CONNECTIONS,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=15_000),
        websockets=False,
        log_level=LogLevels.error,
        log_dictconfig=config(log_format),
        log_access=False,
        workers_kill_timeout=SECONDS_TO_STOP,
    )
    server.serve(target_loader=application, wrap_loader=False)


def _allow_many_connections() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * MOST_CONNECTIONS if hard == resource.RLIM_INFINITY else min(hard, 2 * MOST_CONNECTIONS)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))


def application() -> Callable[..., Any]:
    """The WSGI application of one worker process; where it cannot be made, the process ends with a sentence."""
    from app import create_app
    from cli.parent import when_forker_dies
    from web.bodies import MOST_BYTES, WholeBodies

    when_forker_dies()
    try:
        app = create_app()
        most = app.extensions["desk"].settings.picture_max_bytes + MOST_BYTES
        return WholeBodies(app, BLOCKING_THREADS // 2, most)
    except DepecheError as error:
        click.echo(f"depeche: {message_of(error)}", err=True)
        raise SystemExit(1) from None
