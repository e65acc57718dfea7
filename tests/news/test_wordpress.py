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


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/rss2/", "/feeds/all.rss"),
        ("/atom", "/feeds/all.atom"),
        ("/feed/json/", "/feeds/all.json"),
        ("/category/doctorat/atom/", "/feeds/doctorat.atom"),
        ("/category/recherche/doctorat/rss2", "/feeds/doctorat.rss"),
        ("/category/Doctorat/feed/", "/feeds/doctorat.rss"),
        ("/index.php/feed/", "/feeds/all.rss"),
        ("/index.php/category/doctorat/feed/atom/", "/feeds/doctorat.atom"),
        ("/wp-rss2.php", "/feeds/all.rss"),
        ("/wp-atom.php", "/feeds/all.atom"),
    ],
)
def test_every_spelling_that_wordpress_answers_is_known(old, new):
    assert todays_address(old, {}) == new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/en/feed/", "/feeds/all.en.rss"),
        ("/fr/category/recherche/doctorat/feed/atom/", "/feeds/doctorat.fr.atom"),
        ("/en/category/doctorat/", "/category/doctorat?lang=en"),
        ("/en/", "/?lang=en"),
        ("/de/feed/", None),
    ],
)
def test_the_language_of_a_site_in_two_languages_is_kept(old, new):
    assert todays_address(old, {}) == new


def test_the_language_may_stand_behind_the_question_mark():
    assert todays_address("/category/doctorat/feed/", {"lang": "en"}) == "/feeds/doctorat.en.rss"
    assert todays_address("/", {"feed": "rss2", "lang": "fr"}) == "/feeds/all.fr.rss"
    assert todays_address("/category/doctorat/", {"lang": "en"}) == "/category/doctorat?lang=en"
    assert todays_address("/feed/", {"lang": "de"}) == "/feeds/all.rss"


@pytest.mark.parametrize("old", ["/category/recherche/doctorat/page/2/", "/category/doctorat/page/12"])
def test_a_later_page_of_a_category_leads_to_the_category(old):
    assert todays_address(old, {}) == "/category/doctorat"


@pytest.mark.parametrize(("asked", "new"), [("rss2", "rss"), ("atom", "atom"), ("odd", "rss"), ("", "rss")])
def test_the_feed_parameter_leads_to_the_whole_feed(asked, new):
    assert todays_address("/", {"feed": asked}) == f"/feeds/all.{new}"
    assert todays_address("/index.php", {"feed": asked}) == f"/feeds/all.{new}"


@pytest.mark.parametrize("page", ["/category/doctorat/", "/category/doctorat", "/category/recherche/doctorat/"])
def test_the_feed_parameter_of_a_category_leads_to_its_own_feed(page):
    assert todays_address(page, {"feed": "atom"}) == "/feeds/doctorat.atom"


@pytest.mark.parametrize("named", ["doctorat", "recherche/doctorat", "Doctorat"])
def test_a_category_named_beside_the_feed_parameter_is_heeded(named):
    assert todays_address("/", {"feed": "rss2", "category_name": named}) == "/feeds/doctorat.rss"


@pytest.mark.parametrize("narrower", ["cat", "tag", "author", "s", "p", "page_id", "post_type"])
def test_who_followed_a_part_of_the_site_is_not_sent_the_whole(narrower):
    assert todays_address("/", {"feed": "rss2", narrower: "3"}) is None
    assert todays_address("/feed/", {narrower: "3"}) is None


@pytest.mark.parametrize("name", ["a,b", "a b", "../x", ""])
def test_a_category_parameter_that_names_no_single_category_leads_nowhere(name):
    assert todays_address("/", {"feed": "rss2", "category_name": name}) is None


def test_a_feed_of_comments_leads_nowhere():
    assert todays_address("/", {"feed": "comments-rss2"}) is None


OURS = [
    "/", "/category/doctorat", "/feeds/all.rss", "/category//x/", "/feed/evil", "/category/É/", "/category/atom",
    "/category/a+b", "/fr/x/",
]  # fmt: skip


@pytest.mark.parametrize("path", OURS)
def test_our_own_addresses_and_others_stay(path):
    assert todays_address(path, {}) is None


def test_an_item_is_known_by_its_number_or_its_path():
    assert item_key("/", {"p": "123"}) == "?p=123"
    assert item_key("/", {"p": "123;drop"}) is None
    assert item_key("/2024/10/un-titre/", {}) == "/2024/10/un-titre"
