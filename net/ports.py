"""Ports to listen on: whether one can be had, and whether somebody answers there."""

from __future__ import annotations

import errno
import socket
import time

from news.errors import Conflict, InvalidInput


def bindable(host: str, port: int, patience: float = 0.0) -> str:
    """The IP address of ``host``, where a server can listen on ``port``.

    Asked before a server starts, because servers that share a port between processes (SO_REUSEPORT) would share it with
    a stranger too. ``patience``: seconds that whoever listens there is given to leave. Raises Conflict when another
    program listens there, InvalidInput when there is no such place here.
    """
    deadline = time.monotonic() + patience
    while True:
        try:
            return _bound_once(host, port)
        except Conflict:
            if time.monotonic() >= deadline:
                raise
            time.sleep(0.1)


def _bound_once(host: str, port: int) -> str:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise unavailable(error, host, port) from None
    return str(address[0])


def unavailable(error: OSError, host: str, port: int) -> Conflict | InvalidInput:
    """What ``error`` means to somebody who wants to listen there."""
    if error.errno == errno.EADDRINUSE:
        return Conflict("serve.port_taken", host=host, port=port)
    return InvalidInput("serve.cannot_listen", host=host, port=port, reason=error.strerror or "")


def free_port(host: str) -> int:
    """A port of ``host`` on which nobody listens now."""
    with socket.create_server((host, 0)) as probe:
        return int(probe.getsockname()[1])


def answers(host: str, port: int, timeout: float = 1.0) -> bool:
    """Whether somebody takes connections there within ``timeout`` seconds."""
    try:
        with socket.create_connection((host, port), timeout):
            return True
    except OSError:
        return False
