from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest

from news.collected import Reading
from news.sources import Selectors
from sources.formats import read


@pytest.fixture(scope="session")
def read_as() -> Callable[..., Reading]:
    """``formats.read`` for a source at one address, in the newsroom's usual zone."""

    def reading(body: bytes | str, content_type: str | None = None, kind: object = None, **options: object) -> Reading:
        data = body.encode() if isinstance(body, str) else body
        given = {
            "url": "https://site.example/news/",
            "selectors": Selectors(),
            "zone": ZoneInfo("Europe/Paris"),
            **options,
        }
        return read(data, content_type=content_type, kind=kind, **given)

    return reading
