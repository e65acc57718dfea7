"""``depeche demo``: a newsroom to try, with the sample in it and two made-up partners to collect from.

An empty database is filled; one that holds anything is left as it is and served.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import ExitStack
from typing import TYPE_CHECKING

import click

from cli.commands import command as make
from cli.output import note
from cli.serving.demo_state import DemoState, make_state, read_state
from cli.serving.web import PATIENCE, host_option, port_option, workers_option
from cli.words import message_of, say
from news.errors import Conflict

if TYPE_CHECKING:
    from desk.context import Desk
    from net.allowed_networks import AllowedNetwork
    from net.partner_server import Documents

LOOPBACK = "127.0.0.1"
PLACES = ("/", "/feeds", "/feeds/all.atom", "/embed/all", "/staff/")


@make("demo")
@host_option
@port_option
@workers_option
def command(host: str, port: int, workers: int) -> None:
    """Run a newsroom to try: the database, if empty, is filled with the sample."""
    from cli.opening import settings
    from cli.serving.place import settle_base_url
    from cli.serving.serve import run
    from desk.operating.maintenance import prepare
    from desk.operating.sample import is_empty
    from net.ports import bindable

    settle_base_url(host, port)
    bindable(host, port, PATIENCE)
    desk, _, _ = prepare(settings())
    new = is_empty(desk)
    state = _filled(desk) if new else read_state(desk.settings.var)
    with ExitStack() as stack:
        if state and _serve_partners(stack, desk, state.partners_port):
            desk = _reaching(desk, state.partners_port)
            if new:
                _add_partners(desk, state.partners_port)
        environ = os.environ | {"DEPECHE_ALLOWED_NETWORKS": written(desk.settings.allowed_networks)}
        base_url = desk.settings.base_url
        desk.storage.close()
        run(host, port, workers, environ, lambda: _tell(base_url, state))


def written(networks: Iterable[AllowedNetwork]) -> str:
    """``networks`` as DEPECHE_ALLOWED_NETWORKS writes them."""
    parts = []
    for one in networks:
        network = f"[{one.network}]" if one.network.version == 6 else str(one.network)
        parts.append(f"{network}:{one.port}" if one.port else network)
    return ",".join(parts)


def _filled(desk: Desk) -> DemoState:
    from cli.opening import ACTOR
    from desk.accounts.users import add_user
    from desk.operating.sample import fill_with_sample
    from net.ports import free_port
    from news.users import Role

    note("cli.demo.filling")
    state = make_state(desk.settings.var, free_port(LOOPBACK))
    fill_with_sample(desk)
    add_user(desk, state.email, Role.ADMIN.value, state.password, ACTOR)
    return state


def _reaching(desk: Desk, port: int) -> Desk:
    """``desk``, whose fetcher may reach exactly the partners' address too."""
    from net.allowed_networks import parse_allowed

    partners = parse_allowed(f"{LOOPBACK}:{port}")
    return desk.with_settings(allowed_networks=desk.settings.allowed_networks + partners)


def _add_partners(desk: Desk, port: int) -> None:
    from cli.opening import ACTOR
    from desk.sources.registry import NewSource, add_source

    for place, path in enumerate(_documents(desk)):
        trust = "review" if place else "publish"
        add_source(desk, NewSource(f"http://{LOOPBACK}:{port}{path}", trust=trust, map=(("PhD", "doctorat"),)), ACTOR)


def _documents(desk: Desk) -> Documents:
    from news.days import local_day
    from sample.partners import partner_feeds

    zone = desk.settings.timezone
    return partner_feeds(local_day(desk.now(), zone), zone)


def _serve_partners(stack: ExitStack, desk: Desk, port: int) -> bool:
    from net.partner_server import serving

    try:
        stack.enter_context(serving(lambda: _documents(desk), LOOPBACK, port))
    except Conflict as taken:
        click.echo(f"depeche: {message_of(taken)} {say('cli.demo.no_partners')}", err=True)
        return False
    return True


def _tell(base_url: str, state: DemoState | None) -> None:
    note("cli.demo.ready")
    for path in PLACES:
        click.echo(f"  {base_url + path:<44}{say(f'cli.demo.place.{path}')}")
    if state:
        note("cli.demo.sign_in", url=f"{base_url}/staff/login", email=state.email, password=state.password)
        note("cli.demo.shell", networks=f"{LOOPBACK}:{state.partners_port}")
    else:
        note("cli.demo.own")
    note("cli.demo.stop")
