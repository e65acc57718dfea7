"""One web process: uvicorn on uvloop, with our connections."""

from __future__ import annotations

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn
from uvicorn.server import HANDLED_SIGNALS

from net.ports import unavailable
from net.serving.bodies import Bodies
from net.serving.limits import Limits
from net.serving.protocol import Connection, connection_class
from net.serving.ready_answers import AtOnce
from net.serving.wsgi import Bridge

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

Listening = socket.socket
_CROWDED = 0.75


class Server(uvicorn.Server):
    """uvicorn's server, which also looks after its connections, once a second."""

    def __init__(self, config: uvicorn.Config, limits: Limits) -> None:
        super().__init__(config)
        self._limits = limits
        self.ticks_between_looks = 10

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop on SIGINT and SIGTERM, also those held back until now, and then return: uvicorn would send itself the
        signal again."""
        with super().capture_signals():
            signal.pthread_sigmask(signal.SIG_UNBLOCK, HANDLED_SIGNALS)
            yield
            self._captured_signals.clear()

    async def on_tick(self, counter: int) -> bool:
        """Called ten times a second."""
        if counter % self.ticks_between_looks == 0:
            self.look()
        return await super().on_tick(counter)

    def look(self) -> None:
        """End connections that have taken too long."""
        known = self.server_state.connections
        crowded = len(known) > _CROWDED * self._limits.connections
        for each in list(known):
            if isinstance(each, Connection):
                each.look(crowded=crowded)


def server(app: WSGIApplication, ready: AtOnce, limits: Limits, *, threads: int, seconds_to_stop: int) -> Server:
    """A server of HTTP/1.1 that answers from ``ready`` what it can, and the rest by ``app`` in ``threads`` threads.

    ``seconds_to_stop``: that answers under way are given once it is told to stop (SIGTERM, SIGINT).
    """
    config = uvicorn.Config(
        Bridge(app, threads, Bodies(limits.body, limits.bodies)),
        http=connection_class(ready, limits),
        loop="uvloop",
        ws="none",
        lifespan="off",
        interface="asgi3",
        log_config=None,
        access_log=False,
        # Whose word is taken for an address is the application's decision.
        proxy_headers=False,
        server_header=False,
        backlog=limits.connections,
        # Looking after connections is ours: uvicorn would only let go of those that were answered.
        timeout_keep_alive=int(limits.idle + limits.asking) + 5,
        timeout_graceful_shutdown=seconds_to_stop,
    )
    return Server(config, limits)


def listening(address: str, port: int, backlog: int) -> Listening:
    """A socket that listens on ``address`` (an IP address), for all processes forked from this one. Raises Conflict
    when another program was quicker, InvalidInput."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    both = family == socket.AF_INET6 and socket.has_dualstack_ipv6()
    try:
        return socket.create_server((address, port), family=family, backlog=backlog, dualstack_ipv6=both)
    except OSError as error:
        raise unavailable(error, address, port) from None
