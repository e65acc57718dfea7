"""Our pictures over HTTP: when they are there, how they are kept, and the same one everywhere."""

import io
import json

import feedparser
import pytest
from lxml import etree
from PIL import Image

from desk.context import Desk
from desk.items.posting import edit_item, post_item, retract_item
from desk.items.publishing_due import publish_due
from desk.pictures.uploads import upload
from news.drafts import Draft
from news.items import Item
from news.pictures import upload_url

MEDIA = "{http://search.yahoo.com/mrss/}"


@pytest.fixture
def pictured(desk: Desk, draw):
    """Post an item with a picture of ours."""

    def posted(title: str = "Une visite", **said: str) -> Item:
        picture = upload(desk, draw(800, 600), "cli")
        given = {
            "status": "published", "date": "2026-03-01", "image_url": upload_url(picture.id),
            "image_alt": "Le « jury »", "image_credit": "Ada & Zoé", "summary": "Un résumé.",
            "body": "<p>Un corps.</p>",
        }  # fmt: skip
        return post_item(desk, Draft(title=title, **(given | said)), "cli")

    return posted


def address(item: Item) -> str:
    return f"/media/{item.image.kept.id}/{item.image.kept.best().name}"


def feeds(client) -> list[tuple[int, str]]:
    answers = [client.get(f"/feeds/all.{kind}") for kind in ("atom", "rss", "json")]
    return [(answer.status_code, answer.text) for answer in answers]


def test_a_picture_is_a_picture_to_browsers_and_nothing_else(client, pictured):
    item = pictured()
    answer = client.get(address(item))
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Disposition"] == "inline"
    assert "Set-Cookie" not in answer.headers
    assert Image.open(io.BytesIO(answer.data)).size == (800, 600)
    assert int(answer.headers["Content-Length"]) == len(answer.data) == item.image.kept.best().length


def test_caches_keep_a_picture_no_longer_than_a_feed(client, pictured):
    item = pictured()
    media, feed = client.get(address(item)), client.get("/feeds/all.atom")
    assert media.headers["Cache-Control"] == feed.headers["Cache-Control"]


def test_whoever_has_it_is_told_so(client, pictured):
    path = address(pictured())
    tag = client.get(path).headers["ETag"]
    assert not tag.startswith("W/")
    again = client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    head = client.head(path)
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", tag)


@pytest.mark.parametrize("name", ["1281.jpg", "320.svg", "320.html", "320", "..%2f320.jpg", "320.jpg%00"])
def test_what_was_never_there_is_not_found(client, pictured, name):
    item = pictured()
    assert client.get(f"/media/{item.image.kept.id}/{name}").status_code == 404
    assert client.get(f"/media/{name}/320.jpg").status_code == 404


def test_before_its_second_a_scheduled_picture_is_nowhere_and_then_everywhere(client, desk, clock, pictured):
    item = pictured(date="2026-03-05T10:00")
    path = address(item)
    clock.moment = item.due
    clock.forward(seconds=-1)
    publish_due(desk)
    assert client.get(path).status_code == 404
    assert all("/media/" not in text for _, text in feeds(client))
    clock.forward(seconds=1)
    publish_due(desk)
    client.post("/feeds/all.rss")  # whatever may have written makes the next answers look again
    assert client.get(path).status_code == 200
    assert all(path in text for _, text in feeds(client))


@pytest.mark.parametrize("status", ["draft", "review"])
def test_a_draft_has_no_picture_for_the_public(client, pictured, status):
    assert client.get(address(pictured(status=status))).status_code == 404


def test_a_retracted_items_picture_is_gone(client, desk, pictured):
    item = pictured()
    assert client.get(address(item)).status_code == 200
    retract_item(desk, item.id, "cli")
    answer = client.get(address(item))
    assert answer.status_code == 410
    assert answer.headers["Cache-Control"] == "public, max-age=60"


def test_rss_carries_it_as_enclosure_of_its_true_length_as_media_and_as_first_picture(client, pictured):
    item = pictured()
    url, length = f"https://news.example.org{address(item)}", item.image.kept.best().length
    assert len(client.get(address(item)).data) == length
    (entry,) = feedparser.parse(io.BytesIO(client.get("/feeds/all.rss").data)).entries
    assert [(one.href, one.type, one.length) for one in entry.enclosures] == [(url, "image/jpeg", str(length))]
    (media,) = entry.media_content
    assert (media["url"], media["width"], media["height"], media["medium"]) == (url, "800", "600", "image")
    assert media["filesize"] == str(length)
    body = entry.content[0].value
    assert body.count("<img") == 1
    assert body.index("<img") < body.index("Un corps.")
    assert url in body and 'width="800"' in body and "Le « jury »" in body
    document = etree.fromstring(client.get("/feeds/all.rss").data)
    (content,) = document.iter(f"{MEDIA}content")
    assert content.find(f"{MEDIA}title").text == "Le « jury »"
    assert content.find(f"{MEDIA}credit").text == "Ada & Zoé"
    assert entry.summary == "Un résumé."


def test_atom_carries_the_same_with_its_length(client, pictured):
    item = pictured()
    url = f"https://news.example.org{address(item)}"
    (entry,) = feedparser.parse(io.BytesIO(client.get("/feeds/all.atom").data)).entries
    (link,) = [link for link in entry.links if link.rel == "enclosure"]
    assert (link.href, link.type, link.length) == (url, "image/jpeg", str(item.image.kept.best().length))
    assert entry.content[0].value.count(url) == 1
    assert entry.media_content[0]["url"] == entry.media_thumbnail[0]["url"] == url


def test_json_feed_names_it_and_its_body_shows_it(client, pictured):
    item = pictured()
    (entry,) = json.loads(client.get("/feeds/all.json").data)["items"]
    assert entry["image"] == f"https://news.example.org{address(item)}"
    assert entry["content_html"].count(entry["image"]) == 1
    assert "attachments" not in entry


def test_an_item_without_a_body_keeps_its_words_beside_the_picture(client, pictured):
    pictured(body="")
    (entry,) = feedparser.parse(io.BytesIO(client.get("/feeds/all.rss").data)).entries
    assert "Un résumé." in entry.content[0].value


def test_the_page_offers_sizes_and_says_them_to_those_who_share_it(client, pictured):
    item = pictured()
    page = client.get(f"/items/{item.id}", follow_redirects=True).text
    best = f"https://news.example.org{address(item)}"
    assert f'<meta property="og:image" content="{best}">' in page
    assert '<meta property="og:image:width" content="800">' in page
    assert '<meta property="og:image:alt" content="Le « jury »">' in page
    assert '<source type="image/avif" srcset="/media/' in page
    assert page.count("<img") == 1
    assert 'width="800" height="600"' in page
    assert "<figcaption" in page and "Ada &amp; Zoé" in page
    front = client.get("/").text
    assert "320w" in front and 'width="800" height="600"' in front


def test_a_body_that_shows_the_picture_shows_it_alone(client, post):
    url = "https://p.example/i.jpg"
    item = post("Une", image_url=url, image_alt="i", body=f'<p><img src="{url}" alt="i"> T</p>')
    page = client.get(f"/items/{item.id}", follow_redirects=True).text
    assert page.count("<img") == 1


def test_replacing_a_picture_takes_the_old_one_away(client, desk, draw, pictured):
    item = pictured()
    new = upload(desk, draw(500, 400), "cli")
    edit_item(desk, item.id, Draft("", image_url=upload_url(new.id)), "cli", only=frozenset({"image_url"}))
    assert client.get(address(item)).status_code == 404
    assert client.get(f"/media/{new.id}/{new.best().name}").status_code == 200
