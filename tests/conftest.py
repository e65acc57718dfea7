"""What the tests of several packages stand on: a school's newsroom in a real file, and a clock the test moves."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from desk.categories.registry import add_category
from desk.context import Desk, open_desk
from desk.items.posting import post_item
from desk.settings import Settings
from net.mail_server import SmtpServer
from news.drafts import Draft
from news.items import Item
from tests import quick, steady
from tests.mailbox import Mailbox, mail_server

SCHOOL = (
    ("Ingénieurs", "Engineers"),
    ("Doctorat", "Doctorate"),
    ("Masters", "Masters"),
    ("Partenariats internationaux", "International partnerships"),
    ("Diversité & RSE", "Diversity & CSR"),
)


def pytest_configure() -> None:
    steady.start()
    quick.start()


def pytest_unconfigure() -> None:
    quick.end()


def drawing(width: int = 400, height: int = 300, kind: str = "JPEG", mode: str = "RGB", **how: object) -> bytes:
    """A picture of four coloured corners (red, green, blue, white) as the bytes of a file."""
    drawn, half = Image.new("RGB", (width, height), "white"), (width // 2, height // 2)
    for colour, corner in (("red", (0, 0)), ("green", (half[0], 0)), ("blue", (0, half[1]))):
        drawn.paste(colour, (*corner, corner[0] + half[0], corner[1] + half[1]))
    written = BytesIO()
    drawn.convert(mode).save(written, kind, **how)
    return written.getvalue()


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **by: float) -> None:
        self.moment += timedelta(**by)


@pytest.fixture
def draw() -> Callable[..., bytes]:
    return drawing


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(database=tmp_path / "depeche.db", base_url="https://news.example.org", title="École exemple")


@pytest.fixture(scope="session")
def school_database(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of a newsroom with the categories of a school, made when the clock of the tests starts."""
    path = tmp_path_factory.mktemp("school") / "depeche.db"
    quick.put_empty_database(path, Clock().moment)
    made = open_desk(Settings(database=path, base_url="https://news.example.org"), clock=Clock())
    quick.go_past(made.mint)
    for french, english in SCHOOL:
        add_category(made, french, name_en=english, actor="cli")
    made.storage.close()
    return path.read_bytes()


@pytest.fixture
def desk(settings: Settings, clock: Clock, school_database: bytes) -> Iterator[Desk]:
    """A newsroom with the categories of a school and no items."""
    quick.put_database(settings.database, school_database)
    opened = open_desk(settings, clock=clock)
    quick.go_past(opened.mint)
    quick.go_past(opened.mint)
    yield opened
    opened.storage.close()


@pytest.fixture
def post(desk: Desk) -> Callable[..., Item]:
    """Post a published item under the categories of these slugs."""

    def posted(title: str, *categories: str, **said: str) -> Item:
        given = {"date": "2026-03-01", "status": "published"} | said
        return post_item(desk, Draft(title=title, categories=categories, **given), "cli")

    return posted


@pytest.fixture
def box() -> Iterator[Mailbox]:
    """A real mail server on loopback, and what it was sent."""
    with mail_server() as running:
        yield running


@pytest.fixture
def mailing(desk: Desk, box: Mailbox) -> Desk:
    """The desk, which sends its mail to ``box``."""
    return desk.with_settings(smtp=SmtpServer("smtp", "127.0.0.1", box.port))
