"""``depeche web``: the web server alone, in as many processes as wanted."""

from __future__ import annotations

import os
import resource
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

import click

from cli.commands import command as make
from cli.commands import option
from cli.values import Whole
from cli.words import message_of, say
from news.errors import DepecheError
from translations import LANGUAGES, translator

if TYPE_CHECKING:
    from desk.settings import Settings
    from net.serving.server import Listening

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
    from cli.serving.parent import end_self, when_input_ends
    from cli.serving.place import settle_base_url
    from net.ports import bindable

    settle_base_url(host, port)
    opened = desk()
    opened.storage.close()
    address = bindable(host, port, PATIENCE)
    if until_input_ends:
        when_input_ends(end_self)
    _allow_many_connections()
    serve(address, port, workers, opened.settings)


def serve(address: str, port: int, workers: int, settings: Settings) -> None:
    """Serve HTTP/1.1 on ``address``:``port`` from ``workers`` processes until told to stop (SIGTERM, SIGINT, SIGHUP).

    Raises StoppedWorking when they keep dying.
    """
    from cli.serving.logs import configure
    from cli.serving.supervisor import StoppedWorking
    from cli.serving.web_processes import Workers
    from net.serving.server import listening

    configure(settings.log_format)
    load_all(settings)
    with listening(address, port, MOST_CONNECTIONS) as taken:
        processes = Workers(workers, lambda: work(taken), SECONDS_TO_STOP + 2.0, died=_say_one_died)
        processes.stop_on_signals()
        if not processes.run():
            raise StoppedWorking("cli.serve.gave_up", name="web")


def load_all(settings: Settings) -> None:
    """Load what answering takes, with what handlers import only when they need it. Done before the processes part, the
    program is in memory once, and nobody's first request waits for it."""
    for name in ("web", "markdown_it", *(("desk.accounts.id_token",) if settings.oidc else ())):
        import_module(name)
    for language in LANGUAGES:
        translator(language)


def _say_one_died() -> None:
    click.echo(f"depeche: {say('cli.serve.died', name='web')}", err=True)


def _allow_many_connections() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * MOST_CONNECTIONS if hard == resource.RLIM_INFINITY else min(hard, 2 * MOST_CONNECTIONS)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))


def _most_connections() -> int:
    """As many as files that may be open leave room for, with as many again for the database and what it needs."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST_CONNECTIONS if soft == resource.RLIM_INFINITY else max(64, min(MOST_CONNECTIONS, soft // 2))


def work(taken: Listening) -> None:
    """What one worker process does: answer on ``taken``. Where the application cannot be made, it ends with a
    sentence."""
    from app import create_app
    from cli.serving.parent import when_forker_dies
    from net.serving.limits import Limits
    from net.serving.server import server

    when_forker_dies()
    try:
        app = create_app()
    except DepecheError as error:
        click.echo(f"depeche: {message_of(error)}", err=True)
        raise SystemExit(1) from None
    usual = Limits()
    most = app.extensions["desk"].settings.picture_max_bytes + usual.body
    limits = replace(usual, body=most, bodies=max(usual.bodies, 4 * most), connections=_most_connections())
    ready = app.extensions["ready"]
    server(app, ready, limits, threads=BLOCKING_THREADS, seconds_to_stop=SECONDS_TO_STOP).run(sockets=[taken])
