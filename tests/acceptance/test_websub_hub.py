"""The push story with a hub of another project: subscribe to a feed as it names its hub and itself, and be told."""

import re
import subprocess
import sys
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit
from urllib.request import urlopen

import pytest

from tests.loopback import QuietHandler, running
from tests.patience import PATIENCE, until

pytestmark = pytest.mark.long
PROGRAM = Path(__file__).with_name("flask_websub_hub.py")


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[str]:
    """The address of the running hub."""
    with (
        (tmp_path / "hub.log").open("wb") as log,
        subprocess.Popen([sys.executable, str(PROGRAM), str(tmp_path)], stdout=subprocess.PIPE, stderr=log) as process,
    ):
        yield process.stdout.readline().decode().strip()
        process.kill()


class Subscriber(ThreadingHTTPServer):
    """Follows feeds by push: confirms what it asked for (WebSub §5.3) and keeps what it is sent."""

    def __init__(self) -> None:
        self.confirmed: list[str] = []
        self.received: list[tuple[str, bytes]] = []
        super().__init__(("127.0.0.1", 0), Callback)

    def subscribe(self, url: str) -> str:
        """Discover hub and topic of ``url`` as WebSub §4 says, and subscribe; the topic."""
        with urlopen(url, timeout=PATIENCE) as answer:
            links = answer.headers["Link"]
        [hub], [topic] = (re.findall(rf'<([^>]*)>; rel="{rel}"', links) for rel in ("hub", "self"))
        callback = f"http://127.0.0.1:{self.server_port}/{len(self.confirmed)}"
        form = {"hub.mode": "subscribe", "hub.topic": topic, "hub.callback": callback}
        with urlopen(hub, urlencode(form).encode(), timeout=PATIENCE) as answer:
            assert answer.status == 202
        return topic


class Callback(QuietHandler):
    def do_GET(self) -> None:
        asked = dict(parse_qsl(urlsplit(self.path).query))
        body = asked["hub.challenge"].encode()
        self.send(200, body)
        self.server.confirmed.append(asked["hub.topic"])

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send(204)
        self.server.received.append((self.headers["Link"], body))


@pytest.fixture
def subscriber() -> Iterator[Subscriber]:
    with running(Subscriber()) as server:
        yield server


def test_a_subscriber_of_a_feed_is_sent_a_new_item_and_then_its_retraction(
    environ, depeche_for, start_serving, hub, subscriber
):
    settings = {name: value for name, value in environ.items() if name != "DEPECHE_BASE_URL"}
    settings |= {"DEPECHE_WEBSUB_HUB": hub, "DEPECHE_TICK_SECONDS": "0.5"}
    depeche = depeche_for(settings)
    depeche("init")
    depeche("category", "add", "Doctorat")
    depeche("category", "add", "Masters")
    serving = start_serving(settings)
    followed = [subscriber.subscribe(f"{serving.url}/feeds/{name}") for name in ("doctorat.fr.atom", "masters.rss")]
    until(lambda: sorted(subscriber.confirmed) == sorted(followed))

    depeche("item", "add", "--title", "Une soutenance", "--category", "doctorat", "--status", "published")
    until(lambda: subscriber.received)
    links, body = subscriber.received[0]
    assert followed[0] in links
    assert "Une soutenance" in body.decode()

    [item] = re.findall(r"urn:uuid:([0-9a-f-]+)</id>\s*<title>Une soutenance", body.decode())
    depeche("item", "retract", item)
    until(lambda: len(subscriber.received) > 1)
    assert all(followed[0] in links for links, _ in subscriber.received), "the other feed has not changed"
    assert "<title>Une soutenance" not in subscriber.received[1][1].decode()
