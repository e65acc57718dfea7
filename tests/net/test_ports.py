import socket
import threading
import time

import pytest

from net.ports import answers, bindable, free_port
from news.errors import Conflict, InvalidInput


def test_a_free_port_can_be_had_and_nobody_answers_there():
    port = free_port("127.0.0.1")

    assert bindable("127.0.0.1", port) == "127.0.0.1"
    assert not answers("127.0.0.1", port)


def test_a_name_gives_its_address():
    assert bindable("localhost", free_port("127.0.0.1")) in ("127.0.0.1", "::1")


def test_a_port_somebody_listens_on_is_taken_even_when_they_would_share_it():
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        assert answers("127.0.0.1", port)
        with pytest.raises(Conflict, match=r"serve\.port_taken"):
            bindable("127.0.0.1", port)


def test_whoever_leaves_in_time_is_waited_for():
    other = socket.create_server(("127.0.0.1", 0))
    port = other.getsockname()[1]
    began = time.monotonic()
    threading.Timer(0.3, other.close).start()

    assert bindable("127.0.0.1", port, patience=60) == "127.0.0.1"
    assert time.monotonic() - began < 30


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid", "not a host"])
def test_a_place_that_is_not_here_is_refused(host):
    with pytest.raises(InvalidInput, match=r"serve\.cannot_listen"):
        bindable(host, 8000)
