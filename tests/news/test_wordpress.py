"""Where the addresses of a WordPress site lead."""

import pytest

from news.wordpress import item_key, todays_address


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/feed/", "/feeds/all.rss"),
        ("/feed", "/feeds/all.rss"),
        ("/feed/atom/", "/feeds/all.atom"),
        ("/feed/rdf/", "/feeds/all.rss"),
        ("/category/doctorat/feed/", "/feeds/doctorat.rss"),
        ("/category/doctorat/feed/atom", "/feeds/doctorat.atom"),
        ("/category/recherche/doctorat/feed/", "/feeds/doctorat.rss"),
        ("/category/recherche/doctorat/", "/category/doctorat"),
        ("/category/doctorat/", "/category/doctorat"),
    ],
)
def test_feeds_and_categories_of_wordpress_are_found_with_us(old, new):
    assert todays_address(old, {}) == new


@pytest.mark.parametrize(("asked", "new"), [("rss2", "rss"), ("atom", "atom"), ("odd", "rss"), ("", "rss")])
def test_the_feed_parameter_leads_to_the_whole_feed(asked, new):
    assert todays_address("/", {"feed": asked}) == f"/feeds/all.{new}"


OURS = ["/", "/category/doctorat", "/feeds/all.rss", "/category//x/", "/feed/evil", "/category/É/"]


@pytest.mark.parametrize("path", OURS)
def test_our_own_addresses_and_others_stay(path):
    assert todays_address(path, {}) is None


def test_an_item_is_known_by_its_number_or_its_path():
    assert item_key("/", {"p": "123"}) == "?p=123"
    assert item_key("/", {"p": "123;drop"}) is None
    assert item_key("/2024/10/un-titre/", {}) == "/2024/10/un-titre"
