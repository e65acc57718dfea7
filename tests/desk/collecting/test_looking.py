"""What an address turns out to be: a feed, a page that names one, a WordPress site, open or closed."""

import json

import pytest

from desk.collecting.collect import refresh
from desk.context import Desk
from desk.items.listing import ItemFilter, list_items
from desk.sources.registry import NewSource, add_source, list_sources, try_source
from news.errors import SourceFailed
from news.sources import Kind, Selectors
from sources.wordpress import posts_address

ROWS = (
    '<ul><li><h3><a href="/a">Une</a></h3><time datetime="2026-02-01">1</time></li>'
    '<li><h3><a href="/b">Deux</a></h3><time datetime="2026-01-01">1</time></li></ul>'
)
POST = {
    "date_gmt": "2026-03-01T09:00:00", "guid": {"rendered": "https://partner.example/?p=7"}, "id": 7,
    "link": "https://partner.example/une/", "title": {"rendered": "Une chaire"},
    "_embedded": {"wp:term": [[{"name": "Doctorat", "taxonomy": "category"}]]},
}  # fmt: skip


def page(*links: str, rows: str = ROWS) -> str:
    return f"<html><head><title>Actus</title>{''.join(links)}</head><body>{rows}</body></html>"


def link(kind: str, href: str, title: str = "", rel: str = "alternate") -> str:
    return f'<link rel="{rel}" type="{kind}" href="{href}" title="{title}">'


def path_of(site, url: str) -> str:
    return url.removeprefix(site.url(""))


def open_interface(site, *posts: dict) -> str:
    """The address of a site whose interface gives ``posts``."""
    home = site.url("/")
    site.put(path_of(site, posts_address(home)), json.dumps(posts), "application/json")
    return home


def test_a_page_that_names_its_feed_gives_way_to_it(collecting: Desk, site):
    feed = site.put("/feed", site.rss(site.entry("Une"), title="Le partenaire"))
    url = site.put("/", page(link("application/rss+xml", "/feed")), "text/html")
    source = add_source(collecting, NewSource(url), "c")
    assert (source.url, source.kind, source.name) == (feed, Kind.FEED, "Le partenaire")


def test_the_same_page_again_gives_the_source_that_is_there(collecting: Desk, site):
    site.put("/feed", site.rss(site.entry("Une")))
    url = site.put("/", page(link("application/rss+xml", "/feed")), "text/html")
    assert add_source(collecting, NewSource(url), "c") == add_source(collecting, NewSource(url), "c")
    assert len(list_sources(collecting)) == 1


@pytest.mark.parametrize("new", [{"selectors": Selectors(item="li")}, {"kind": "page"}], ids=["selectors", "the kind"])
def test_a_page_that_is_meant_stays_a_page(collecting: Desk, site, new: dict):
    site.put("/feed", site.rss(site.entry("Une")))
    url = site.put("/", page(link("application/rss+xml", "/feed")), "text/html")
    assert add_source(collecting, NewSource(url, **new), "c").kind is Kind.PAGE


@pytest.mark.parametrize("answer", ["<html><body>Maintenance</body></html>", ""])
def test_a_named_feed_that_cannot_be_read_costs_nothing(collecting: Desk, site, answer: str):
    site.put("/feed", answer, "text/html")
    url = site.put("/", page(link("application/rss+xml", "/feed")), "text/html")
    source = add_source(collecting, NewSource(url), "c")
    assert (source.url, source.kind) == (url, Kind.PAGE)


def test_a_feed_of_comments_is_not_taken_for_the_news(collecting: Desk, site):
    site.put("/comments/feed", site.rss(site.entry("Bravo")))
    url = site.put("/", page(link("application/rss+xml", "/comments/feed", "Comments")), "text/html")
    assert add_source(collecting, NewSource(url), "c").kind is Kind.PAGE


def test_a_page_cannot_lead_to_a_private_place(desk: Desk, collecting: Desk, site):
    site.put("/", page(link("application/rss+xml", "http://10.0.0.1/feed"), rows=""), "text/html")
    with pytest.raises(SourceFailed):
        add_source(collecting, NewSource(site.url("/")), "c")
    assert list_sources(collecting) == ()


def test_a_trial_of_a_page_shows_what_it_offers_though_nothing_is_read(collecting: Desk, site):
    links = (
        link("application/rss+xml", "/comments/feed/", "Fil des commentaires"),
        link("application/rss+xml", "/rss", "RSS"),
        link("application/atom+xml", "/atom", "Atom"),
        '<link rel="https://api.w.org/" href="/wp-json/">',
    )
    trial = try_source(collecting, site.put("/", page(*links, rows="<p>Rien</p>"), "text/html"))
    assert trial.error.key == "source.no_items"
    assert [path_of(site, offer.url).partition("?")[0] for offer in trial.offers] == [
        "/atom", "/rss", "/comments/feed/", "/wp-json/wp/v2/posts",
    ]  # fmt: skip
    assert [offer.kind for offer in trial.offers] == [Kind.FEED] * 3 + [Kind.WORDPRESS]


def test_a_wordpress_site_is_read_by_its_interface_with_one_request(collecting: Desk, site):
    home = open_interface(site, POST)
    source = add_source(collecting, NewSource(home, "wordpress", trust="publish"), "c")
    assert site.requests == []
    (outcome,) = refresh(collecting, [source])
    assert (outcome.error, outcome.new, len(site.requests)) == (None, 1, 1)
    (item,) = list_items(collecting, ItemFilter(source=source.id))
    assert (item.title, item.link, len(item.categories)) == ("Une chaire", "https://partner.example/une/", 1)


def test_a_wordpress_site_without_a_feed_is_found_out(collecting: Desk, site):
    open_interface(site, POST)
    home = site.put("/", page('<link rel="https://api.w.org/" href="/wp-json/">', rows=""), "text/html")
    assert add_source(collecting, NewSource(home), "c").kind is Kind.WORDPRESS


def test_the_interface_may_be_named_in_the_head_of_the_answer(collecting: Desk, site):
    home = site.put("/", page(), "text/html", Link='</wp-json/>; rel="https://api.w.org/"')
    (offer,) = try_source(collecting, home).offers
    assert (offer.kind, offer.url) == (Kind.WORDPRESS, posts_address(site.url("/")))


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_closed_interface_is_told_with_the_sites_feed(collecting: Desk, site, status: int):
    home = site.url("/blog")
    site.pages[path_of(site, posts_address(home))] = lambda _: (status, {}, b"{}")
    source = add_source(collecting, NewSource(home, "wordpress"), "c")
    (outcome,) = refresh(collecting, [source])
    assert outcome.error.key == "source.wordpress.closed"
    assert outcome.error.message_args["feed"] == site.url("/blog/feed/")
    assert outcome.source.check.error_key == "source.wordpress.closed"
