"""What a page names for programs: which feeds, in which order, and the interface of a WordPress site."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.sources import Kind
from sources.autodiscovery import is_comments, offers_in
from sources.wordpress import posts_address
from tests.patience import takes_less_than

URL = "https://site.example/news/"


def offers(text, header=None):
    return offers_in(text.encode(), url=URL, content_type="text/html; charset=utf-8", link_header=header)


def link(kind="application/rss+xml", href="/f", title="", rel="alternate"):
    return f'<link rel="{rel}" type="{kind}" title="{title}" href="{href}">'


def test_atom_comes_first_and_comments_last():
    found = offers(
        link(href="/comments/feed", title="Site &raquo; Flux des commentaires")
        + link(href="/rss", title="L&#8217;école") + link("application/atom+xml", "/atom")
        + link("application/feed+json", "/json")
    )  # fmt: skip
    assert [offer.url.rpartition("/")[2] for offer in found] == ["atom", "rss", "json", "feed"]
    assert [is_comments(offer) for offer in found] == [False, False, False, True]
    assert found[1].title == "L’école"


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("<LINK REL=Alternate TYPE=application/rss+xml HREF=/f>", "https://site.example/f"),
        ("<link href='f?a=1&amp;b=2' type='application/atom+xml; charset=utf-8' rel='alternate home'/>",
         "https://site.example/news/f?a=1&b=2"),
        ("<base href='/sub/'>" + link(href="f"), "https://site.example/sub/f"),
        ("<link\nrel='alternate'\ntype='application/rss+xml'\nhref='/f'\n>", "https://site.example/f"),
    ],
)  # fmt: skip
def test_it_is_found_however_it_is_written(text, url):
    assert [offer.url for offer in offers(text)] == [url]


@pytest.mark.parametrize(
    "text",
    [
        f"<!-- {link()} -->", link(rel="stylesheet"), link("text/html"), link(href="javascript:alert(1)"),
        link(href="http://u:p@site.example/"), link(href=URL), link(href=""), link("application/json", "/wp-json/x"),
        link(rel="alternate stylesheet"),
    ],
)  # fmt: skip
def test_what_is_no_feed_is_not_offered(text):
    assert offers(text) == ()


def test_each_address_is_offered_once():
    assert len(offers(link(title="RSS") * 3 + link("application/atom+xml"))) == 1


@pytest.mark.parametrize("rel", ['rel="https://api.w.org/"', "rel='https://api.w.org/'"])
def test_a_wordpress_site_names_its_interface_in_the_page_or_the_head(rel):
    (named,) = offers(f'<link {rel} href="https://site.example/blog/wp-json/" />')
    (told,) = offers("<p>x</p>", '<https://site.example/blog/wp-json/>; rel="https://api.w.org/"')
    assert named == told
    assert (named.kind, named.url) == (Kind.WORDPRESS, posts_address("https://site.example/blog/"))


@pytest.mark.parametrize("piece", ["<link ", "<link rel=alternate ", "<!--", "<link a='", "<base ", '<link a=b"'])
def test_a_page_made_to_be_slow_is_not(piece):
    with takes_less_than(3):
        offers(piece * 60_000)


@given(st.binary(max_size=200), st.none() | st.text(max_size=80))
def test_no_page_breaks_it(body, header):
    assert isinstance(offers_in(body, url=URL, content_type=None, link_header=header), tuple)
