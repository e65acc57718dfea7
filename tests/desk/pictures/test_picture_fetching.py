"""A collected item's picture: shown where it stands until our copy is there, then ours, and nobody is told twice."""

import json
import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest

from desk.collecting.collect import refresh
from desk.context import Desk
from desk.items.listing import list_items
from desk.items.posting import edit_item, get_item, history_of, post_item, retract_item
from desk.pictures.fetching import GIVE_UP_AFTER, fetch_pictures
from desk.pictures.uploads import public_file
from desk.publishing.feed import feed_of
from desk.publishing.publisher import Publisher
from desk.recording import PICTURE
from desk.selecting import resolve
from desk.sources.registry import NewSource, add_source, get_source
from news.drafts import Draft
from news.errors import Gone
from news.items import Item

ATOM, CONTENT = "{http://www.w3.org/2005/Atom}", "{http://purl.org/rss/1.0/modules/content/}"


def waiting(desk: Desk) -> int:
    with desk.storage.read() as reader:
        return len(reader.outbox(desk.now() + timedelta(days=3), topics=(PICTURE,)))


def entry_of(desk: Desk):
    with desk.storage.read() as reader:
        selection = resolve(reader, "all")
        (entry,) = feed_of(desk, reader, selection, reader.feed_state(selection)).entries
        return entry


def revision(desk: Desk) -> int:
    with desk.storage.read() as reader:
        return reader.feed_state(resolve(reader, "all")).revision


@pytest.fixture
def source(collecting: Desk, site):
    return add_source(
        collecting,
        NewSource(site.url("/feed"), "feed", name="Partenaire", categories=("doctorat",), trust="publish"),
        "cli",
    )


def collect(desk: Desk, site, source, picture: str, title: str = "Une visite", body: str = "") -> Item:
    entry = site.entry(
        title, link="https://partner.example.org/1", guid="1", pubDate="Sun, 01 Mar 2026 08:00:00 +0100",
        description=f'<p>Texte.</p><p><img src="{picture}" alt="Le jury"></p>{body}',
    )  # fmt: skip
    site.put("/feed", site.rss(entry))
    refresh(desk, [get_source(desk, source.id)])
    (item,) = list_items(desk)
    return item


def test_a_collected_picture_is_ours_after_the_workers_round(collecting: Desk, site, source, draw):
    url = site.put("/p.jpg", draw(800, 600), "image/jpeg")
    before = collect(collecting, site, source, url)
    assert (entry_of(collecting).image.url, before.image.kept) == (url, None)
    assert fetch_pictures(collecting) == 1
    after = get_item(collecting, before.id)
    entry = entry_of(collecting)
    best = after.image.kept.best()
    assert entry.image.url == f"https://news.example.org/media/{after.image.kept.id}/{best.name}"
    assert (entry.image.width, entry.image.alt, entry.image_length) == (800, "Le jury", best.length)
    assert len(public_file(collecting, after.image.kept.id, best.name).body) == best.length
    assert waiting(collecting) == 0


def test_the_copy_changes_the_feed_once_and_nothing_of_the_item(collecting: Desk, site, source, draw):
    before = collect(collecting, site, source, site.put("/p.jpg", draw(), "image/jpeg"))
    stood, lines = revision(collecting), len(history_of(collecting, "item", before.id))
    fetch_pictures(collecting)
    after = get_item(collecting, before.id)
    assert (after, after.version, after.updated) == (before, before.version, before.updated)
    assert len(history_of(collecting, "item", before.id)) == lines
    assert revision(collecting) > stood
    stands = revision(collecting)
    fetch_pictures(collecting)
    assert revision(collecting) == stands


def test_the_next_look_at_the_source_keeps_the_copy_and_another_picture_replaces_it(
    collecting: Desk, site, source, draw
):
    url = site.put("/p.jpg", draw(), "image/jpeg")
    item = collect(collecting, site, source, url)
    fetch_pictures(collecting)
    kept = get_item(collecting, item.id).image.kept
    again = collect(collecting, site, source, url, title="Une visite corrigée")
    assert (again.title, again.image.kept) == ("Une visite corrigée", kept)
    other = collect(collecting, site, source, site.put("/q.jpg", draw(500, 400), "image/jpeg"))
    assert other.image.kept is None
    fetch_pictures(collecting)
    assert get_item(collecting, item.id).image.kept.best().width == 500


def test_the_body_shows_our_copy_where_it_showed_the_original_and_only_there(collecting: Desk, site, source, draw):
    url = site.put("/p-800x600.jpg", draw(800, 600), "image/jpeg")
    larger = url.replace("-800x600", "")
    collect(collecting, site, source, url, body=f'<p><img src="{larger}" alt=""></p>')
    fetch_pictures(collecting)
    entry = entry_of(collecting)
    assert entry.content_html.count("<img") == 1
    assert f'src="{entry.image.url}"' in entry.content_html
    assert site.url("/") not in entry.content_html


def test_whatever_a_reader_looks_for_it_finds_the_same_picture(collecting: Desk, site, source, draw):
    collect(collecting, site, source, site.put("/p.jpg", draw(800, 600), "image/jpeg"))
    fetch_pictures(collecting)
    rss, atom = (ElementTree.fromstring(Publisher(collecting).feed("all", name).body) for name in ("rss", "atom"))
    told = json.loads(Publisher(collecting).feed("all", "json").body)["items"][0]
    ours, media = entry_of(collecting).image.url, "{http://search.yahoo.com/mrss/}content"
    (enclosure,) = [link for link in atom.iter(f"{ATOM}link") if link.get("rel") == "enclosure"]
    assert enclosure.get("href") == rss.find(".//enclosure").get("url") == told["image"] == ours
    assert [each.get("url") for tree in (rss, atom) for each in tree.iter(media)] == [ours, ours]
    bodies = [
        rss.findtext(f".//{CONTENT}encoded"),
        atom.findtext(f".//{ATOM}entry/{ATOM}content"),
        told["content_html"],
    ]
    assert [re.findall(r'<img[^>]* src="([^"]*)"', body) for body in bodies] == [[ours]] * 3


def test_two_items_that_name_one_address_share_its_picture(collecting: Desk, site, draw):
    url = site.put("/p.jpg", draw(), "image/jpeg")
    items = [post_item(collecting, Draft(title, status="published", image_url=url), "cli") for title in "ab"]
    assert fetch_pictures(collecting) == 2
    ours = {get_item(collecting, item.id).image.kept.id for item in items}
    assert len(ours) == 1
    assert [path for path, _ in site.requests] == ["/p.jpg"]


def test_a_private_address_is_never_asked(desk: Desk, site, draw):
    item = post_item(desk, Draft("x", status="published", image_url=site.put("/p.jpg", draw(), "image/jpeg")), "cli")
    assert fetch_pictures(desk) == 0
    assert (site.requests, waiting(desk)) == ([], 0)
    assert get_item(desk, item.id).image.kept is None


@pytest.mark.parametrize("body", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"", b"\xff\xd8\xff\xe0 no picture"])
def test_what_is_no_picture_is_asked_for_once_and_shown_where_it_stands(collecting: Desk, site, body):
    url = site.put("/p.jpg", body, "image/jpeg")
    post_item(collecting, Draft("x", status="published", image_url=url), "cli")
    assert fetch_pictures(collecting) == 0
    assert waiting(collecting) == 0
    assert entry_of(collecting).image.url == url


def test_a_picture_that_is_too_big_is_left_where_it_is(collecting: Desk, site, draw):
    small = collecting.with_settings(picture_max_bytes=1000)
    post_item(small, Draft("x", image_url=site.put("/p.jpg", draw(), "image/jpeg")), "cli")
    assert (fetch_pictures(small), waiting(small)) == (0, 0)


def test_a_site_that_is_down_is_asked_again_later_and_not_for_ever(collecting: Desk, site, clock, draw):
    url = site.url("/p.jpg")
    site.pages["/p.jpg"] = lambda _: (503, {}, b"")
    item = post_item(collecting, Draft("x", image_url=url), "cli")
    fetch_pictures(collecting)
    fetch_pictures(collecting)
    assert len(site.requests) == 1
    clock.forward(minutes=2)
    site.put("/p.jpg", draw(), "image/jpeg")
    assert fetch_pictures(collecting) == 1
    assert get_item(collecting, item.id).image.kept


def test_after_a_while_nobody_asks_any_more(collecting: Desk, site, clock):
    site.pages["/p.jpg"] = lambda _: (500, {}, b"")
    post_item(collecting, Draft("x", image_url=site.url("/p.jpg")), "cli")
    for _ in range(GIVE_UP_AFTER + 3):
        fetch_pictures(collecting)
        clock.forward(days=1)
    assert (len(site.requests), waiting(collecting)) == (GIVE_UP_AFTER, 0)


def test_a_picture_that_was_replaced_or_retracted_meanwhile_is_not_kept(collecting: Desk, site, draw):
    url = site.put("/p.jpg", draw(), "image/jpeg")
    item = post_item(collecting, Draft("x", status="published", image_url=url), "cli")
    edit_item(collecting, item.id, Draft("", image_url=""), "cli", only=frozenset({"image_url"}))
    assert fetch_pictures(collecting) == 0
    assert (get_item(collecting, item.id).image, waiting(collecting)) == (None, 0)


def test_a_retracted_items_copy_stays_out_of_sight(collecting: Desk, site, draw):
    item = post_item(
        collecting, Draft("x", status="published", image_url=site.put("/p.jpg", draw(), "image/jpeg")), "cli"
    )
    fetch_pictures(collecting)
    retract_item(collecting, item.id, "cli")
    kept = get_item(collecting, item.id).image.kept
    with pytest.raises(Gone):
        public_file(collecting, kept.id, kept.best().name)
