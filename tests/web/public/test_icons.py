"""What readers, phones and browsers show beside the newsroom's name: pictures every one of them can show."""

from io import BytesIO

import lxml.etree
import lxml.html
import pytest
from PIL import Image

HOME = "https://news.example.org"


@pytest.fixture
def size(client):
    """The size of the PNG at an address of ours."""

    def opened(address: str) -> tuple[int, int]:
        answer = client.get(address.removeprefix(HOME))
        assert (answer.status_code, answer.mimetype) == (200, "image/png")
        with Image.open(BytesIO(answer.data)) as picture:
            return picture.size

    return opened


def test_each_format_names_an_icon_that_readers_can_show(client, size) -> None:
    atom = lxml.etree.fromstring(client.get("/feeds/all.atom").data)
    told = client.get("/feeds/all.json").json

    assert size(atom.findtext("{*}icon")) == size(told["icon"]) == (512, 512)
    assert size(told["favicon"]) == (144, 144)


def test_the_image_of_an_rss_channel_is_as_large_as_it_says(client, size) -> None:
    image = lxml.etree.fromstring(client.get("/feeds/all.rss").data).find("channel/image")

    assert size(image.findtext("url")) == (int(image.findtext("width")), int(image.findtext("height")))


def test_who_asks_for_favicon_ico_gets_what_every_program_can_show(client, size) -> None:
    answer = client.get("/favicon.ico")

    assert answer.status_code == 301
    assert size(answer.headers["Location"]) == (144, 144)


def test_a_phone_finds_an_icon_for_its_first_screen(client, size) -> None:
    page = lxml.html.fromstring(client.get("/").text)

    assert size(page.xpath("string(//link[@rel='apple-touch-icon']/@href)")) == (512, 512)
