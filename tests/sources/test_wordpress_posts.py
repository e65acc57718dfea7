"""WordPress posts as the REST interface of a school's site gives them."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.errors import DepecheError, NotUnderstood
from news.items import Image, When
from news.sources import Kind
from sources.wordpress import feed_address, posts_address, site_address

ASKED = (
    "per_page=100&_embed=author,wp:featuredmedia,wp:term"
    "&_fields=id,date,date_gmt,modified_gmt,guid,link,title,excerpt,content,status,lang,_links,_embedded"
)


def post(**said):
    return {
        "id": 7, "date": "2026-03-01T10:00:00", "date_gmt": "2026-03-01T09:00:00",
        "modified_gmt": "2026-03-02T08:00:00", "guid": {"rendered": "https://site.example/?p=7&#038;x=1"},
        "link": "https://site.example/une-chaire/", "title": {"rendered": "Une chaire &#8211; l&#8217;oc&eacute;an"},
        "excerpt": {"rendered": "<p>Un début [&hellip;]</p>\n", "protected": False},
        "content": {"rendered": "<p>Le <b>texte</b><script>x</script></p>", "protected": False},
        "_embedded": {
            "author": [{"name": "Léa Martin"}],
            "wp:featuredmedia": [{"source_url": "https://site.example/i.jpg", "alt_text": "Le jury &amp; elle",
                                  "media_details": {"width": 800, "height": 600}}],
            "wp:term": [[{"name": "Diversité &amp; RSE", "taxonomy": "category"}],
                        [{"name": "océan", "taxonomy": "post_tag"}, {"name": "Lien", "taxonomy": "post_format"}]],
        },
        **said,
    }  # fmt: skip


@pytest.fixture(scope="session")
def posts(read_as):
    """The entries of a list of posts."""

    def reading(*given, kind=Kind.WORDPRESS, **options):
        return read_as(json.dumps(given), "application/json", kind, **options).entries

    return reading


def test_a_post_is_read_whole(posts):
    (entry,) = posts(post())
    assert (entry.title, entry.guid) == ("Une chaire – l’océan", "https://site.example/?p=7&x=1")
    assert (entry.link, entry.author) == ("https://site.example/une-chaire/", "Léa Martin")
    assert (entry.summary, entry.content_html) == ("Un début", "<p>Le <b>texte</b></p>")
    assert entry.image == Image("https://site.example/i.jpg", "Le jury & elle", 800, 600)
    assert entry.terms == ("Diversité & RSE", "océan")
    assert entry.published == When(moment=datetime(2026, 3, 1, 9, tzinfo=UTC))
    assert entry.updated == When(moment=datetime(2026, 3, 2, 8, tzinfo=UTC))


def test_posts_are_recognised_without_being_told(read_as):
    assert read_as(json.dumps([post()])).format == "wordpress"


def test_a_date_that_is_local_only_is_of_the_newsrooms_zone(posts):
    (entry,) = posts(post(date_gmt="0000-00-00T00:00:00"))
    assert entry.published == When(moment=datetime(2026, 3, 1, 9, tzinfo=UTC))


def test_what_a_password_protects_or_is_not_published_is_not_there(posts):
    hidden = {"rendered": "<p>Secret</p>", "protected": True}
    (entry,) = posts(post(content=hidden, excerpt=hidden), post(status="private"))
    assert (entry.summary, entry.content_html) == ("", "")


def test_the_newest_are_kept_in_their_order(posts):
    days = [post(title={"rendered": str(day)}, date_gmt=f"2026-03-{day:02}T00:00:00") for day in (1, 5, 3)]
    assert [entry.title for entry in posts(*days, newest=2)] == ["5", "3"]


@pytest.mark.parametrize("body", ['{"code": "rest_no_route"}', "[1]", "[{}]", "<html><p>x</p></html>", "[[[", "nul"])
def test_what_is_no_list_of_posts_names_the_sites_feed(read_as, body):
    with pytest.raises(NotUnderstood) as caught:
        read_as(body, None, Kind.WORDPRESS, url=posts_address("https://site.example/blog/"))
    assert caught.value.key == "source.not_wordpress"
    assert caught.value.message_args["feed"] == "https://site.example/blog/feed/"


def test_a_site_without_posts_yet_is_read(posts):
    assert posts() == ()


@pytest.mark.parametrize(
    ("url", "address", "feed"),
    [
        ("https://s.example", f"https://s.example/wp-json/wp/v2/posts?{ASKED}", "https://s.example/feed/"),
        ("https://s.example/b/", f"https://s.example/b/wp-json/wp/v2/posts?{ASKED}", "https://s.example/b/feed/"),
        ("https://s.example/wp-json/", f"https://s.example/wp-json/wp/v2/posts?{ASKED}", "https://s.example/feed/"),
        (
            "https://s.example/wp-json/wp/v2/posts?categories=12&per_page=3",
            f"https://s.example/wp-json/wp/v2/posts?categories=12&{ASKED}",
            "https://s.example/feed/",
        ),
        (
            "https://s.example/index.php?rest_route=/",
            f"https://s.example/index.php?rest_route=/wp/v2/posts&{ASKED}",
            "https://s.example/?feed=rss2",
        ),
    ],
)
def test_the_address_of_the_posts_is_made_once(url, address, feed):
    assert posts_address(url) == address
    assert posts_address(address) == address
    assert feed_address(address) == feed
    assert site_address(address) in (url.partition("?")[0].partition("wp-json")[0].replace("index.php", ""), f"{url}/")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*post(), "rendered"]), inner),
    max_leaves=10,
)


@given(st.lists(st.dictionaries(st.sampled_from(list(post())), VALUES).map(lambda said: post(**said)), max_size=3))
@settings(max_examples=60, deadline=None)
def test_no_types_break_the_reading(posts, given):
    try:
        posts(*given)
    except DepecheError as error:
        assert error.key == "source.not_wordpress"
