"""WordPress sites by their own interface: the posts of ``/wp-json/wp/v2/posts`` (REST API Handbook, "Posts"), which
tell more than the site's feed: every category and tag, the featured picture with its size, when a text was changed."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from zoneinfo import ZoneInfo

from news.collected import Collected, Reading
from news.errors import NotUnderstood
from news.items import Image, When
from news.links import absolute
from news.sanitise import text_of
from sources import fields
from sources.dates import when_of
from sources.newest import newest_of

# The most that the interface gives in one answer. One request a look: who publishes more between two looks is looked
# at more often.
_PER_PAGE = 100
_ROUTE = "/wp/v2/posts"
_ASKED = {
    "per_page": str(_PER_PAGE),
    "_embed": "author,wp:featuredmedia,wp:term",
    "_fields": "id,date,date_gmt,modified_gmt,guid,link,title,excerpt,content,status,lang,_links,_embedded",
}
_MOST_GROUPS = 20


def posts_address(url: str) -> str:
    """Where the newest posts of the site at ``url`` are read: its home, its interface (``/wp-json/``, or
    ``?rest_route=/`` where it has no pretty addresses), or already its posts, whose own filters stay."""
    parts = urlsplit(url)
    given = dict(parse_qsl(parts.query))
    route = given.pop("rest_route", None)
    before, json_route, after = parts.path.partition("/wp-json")
    is_posts = (route or after).rstrip("/") == _ROUTE
    kept = {name: value for name, value in given.items() if is_posts and name not in _ASKED}
    if route is not None:
        path, asked = parts.path or "/", {"rest_route": _ROUTE, **kept, **_ASKED}
    else:
        home = before if json_route else parts.path
        path, asked = f"{home.rstrip('/')}/wp-json{_ROUTE}", {**kept, **_ASKED}
    return urlunsplit((parts.scheme, parts.netloc, path, urlencode(asked, safe="/,:"), ""))


def is_interface(url: str) -> bool:
    """Whether ``url`` belongs to the interface of a WordPress site, and is no feed or page of it."""
    parts = urlsplit(url)
    return "/wp-json" in parts.path or "rest_route" in dict(parse_qsl(parts.query))


def site_address(url: str) -> str:
    """The home of the site whose posts are at ``url``, for people."""
    parts = urlsplit(url)
    path = parts.path.removesuffix("index.php") if "rest_route=" in parts.query else parts.path.partition("/wp-json")[0]
    return urlunsplit((parts.scheme, parts.netloc, f"{path.rstrip('/')}/", "", ""))


def feed_address(url: str) -> str:
    """Where the site whose posts are at ``url`` usually has its feed."""
    parts = urlsplit(url)
    if "rest_route=" in parts.query:
        return urlunsplit((parts.scheme, parts.netloc, parts.path.removesuffix("index.php") or "/", "feed=rss2", ""))
    return urlunsplit((parts.scheme, parts.netloc, f"{parts.path.partition('/wp-json')[0]}/feed/", "", ""))


def are_posts(document: object) -> bool:
    """Whether ``document`` (parsed JSON) is a list of posts, as the interface gives them."""
    return isinstance(document, list) and all(
        isinstance(post, Mapping) and "link" in post and isinstance(post.get("title"), Mapping) for post in document
    )


def read_posts(document: object, otherwise: NotUnderstood, *, url: str, zone: ZoneInfo, newest: int) -> Reading:
    """The posts of ``document`` (parsed JSON), fetched from ``url``. ``zone``: of dates that do not say theirs. Raises
    ``otherwise`` when these are no posts."""
    if not are_posts(document) or not isinstance(document, list):
        raise otherwise
    posts = [post for post in document if post.get("status", "publish") == "publish"]
    chosen = newest_of(posts, lambda post: _published(post, zone), newest)
    entries = (fields.titled(_entry(post, url, zone)) for post in chosen)
    return Reading(
        format="wordpress",
        entries=tuple(entry for entry in entries if entry),
        home=absolute(urlsplit(feed_address(url)).path.removesuffix("feed/") or "/", url),
    )


def _entry(post: Mapping[str, object], url: str, zone: ZoneInfo) -> Collected:
    link = absolute(_text(post, "link"), url)
    summary, content = fields.summary_and_content(_rendered(post, "excerpt"), _rendered(post, "content"), link or url)
    return Collected(
        title=fields.plain(text_of(_rendered(post, "title")[:20_000]), fields.LONGEST_TITLE),
        guid=fields.guid_of(html.unescape(_rendered(post, "guid"))),
        link=link,
        summary=summary,
        content_html=content,
        author=_author(post),
        image=fields.with_alt(_picture(post, url), fields.first_picture(content)),
        terms=fields.terms_of(_terms(post)),
        language=fields.language_of(post.get("lang")),
        published=_published(post, zone),
        updated=when_of(_universal(post, "modified_gmt"), zone),
    )


def _published(post: Mapping[str, object], zone: ZoneInfo) -> When | None:
    return when_of(_universal(post, "date_gmt"), zone) or when_of(post.get("date"), zone)


def _universal(post: Mapping[str, object], name: str) -> str:
    text = _text(post, name)
    return f"{text}Z" if text and not text.startswith("0000") else ""


def _rendered(post: Mapping[str, object], name: str) -> str:
    """A field that is given as HTML; what a password protects is not there."""
    value = post.get(name)
    if not isinstance(value, Mapping) or value.get("protected") is True:
        return ""
    return _text(value, "rendered")


def _author(post: Mapping[str, object]) -> str | None:
    names = (fields.author_of(person.get("name")) for person in _embedded(post, "author"))
    return fields.plain(", ".join(name for name in names if name), fields.LONGEST_AUTHOR) or None


def _terms(post: Mapping[str, object]) -> Iterator[object]:
    """Categories, then tags and whatever else the site sorts its posts by."""
    for group in _embedded_lists(post, "wp:term"):
        for term in group[: fields.MOST_TERMS]:
            if isinstance(term, Mapping) and term.get("taxonomy") != "post_format":
                yield term.get("name")


def _picture(post: Mapping[str, object], url: str) -> Image | None:
    for media in _embedded(post, "wp:featuredmedia"):
        sizes = media.get("media_details")
        width, height = (sizes.get("width"), sizes.get("height")) if isinstance(sizes, Mapping) else (None, None)
        alt = html.unescape(_text(media, "alt_text"))
        if picture := fields.image_of(media.get("source_url"), url, alt, width, height):
            return picture
    return None


def _embedded(post: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    return [one for one in _embedded_list(post, name) if isinstance(one, Mapping)]


def _embedded_lists(post: Mapping[str, object], name: str) -> list[list[object]]:
    return [one for one in _embedded_list(post, name) if isinstance(one, list)]


def _embedded_list(post: Mapping[str, object], name: str) -> list[object]:
    embedded = post.get("_embedded")
    value = embedded.get(name) if isinstance(embedded, Mapping) else None
    return value[:_MOST_GROUPS] if isinstance(value, list) else []


def _text(holder: Mapping[str, object], name: str) -> str:
    value = holder.get(name)
    return value if isinstance(value, str) else ""
