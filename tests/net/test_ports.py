import socket
import threading

import pytest

from net.ports import answers, bindable, free_port
from news.errors import Conflict, InvalidInput
from tests import ports
from tests.patience import PATIENCE, until


def test_a_free_port_can_be_had_and_nobody_answers_there():
    # Asked for again where somebody was given it in between.
    assert until(lambda: not answers("127.0.0.1", free_port("127.0.0.1")))


def test_a_port_that_nobody_has_can_be_had():
    assert bindable("127.0.0.1", ports.free_port()) == "127.0.0.1"


def test_a_name_gives_its_address():
    assert bindable("localhost", ports.free_port()) in ("127.0.0.1", "::1")


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
    port = ports.free_port()
    other = socket.create_server(("127.0.0.1", port))
    leaving = threading.Timer(0.3, other.close)
    leaving.start()

    assert bindable("127.0.0.1", port, patience=PATIENCE) == "127.0.0.1"
    leaving.join()


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid", "not a host"])
def test_a_place_that_is_not_here_is_refused(host):
    with pytest.raises(InvalidInput, match=r"serve\.cannot_listen"):
        bindable(host, 8000)
