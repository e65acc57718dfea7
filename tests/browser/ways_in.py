"""Every way in for a text: the staff form, the API, imports, and what is collected."""
# ruff: noqa: E501  (documents, a line for an element)

from __future__ import annotations

import json
import re
from html import escape
from typing import Any
from urllib.parse import quote

from desk.accounts.tokens import add_token
from desk.collecting.collect import refresh
from desk.importing.imports import Given
from desk.importing.items import import_json
from desk.importing.sources import import_opml
from desk.items.listing import ItemFilter, list_items
from desk.sources.registry import NewSource, add_source
from net.allowed_networks import parse_allowed
from tests.browser.hostile import FEW, TEXTS

EMAIL, PASSWORD = "redaction@ecole.example", "mot de passe sûr"
SLUGS = ("ingenieurs", "doctorat", "masters", "partenariats-internationaux", "diversite-rse")


class Person:
    """Somebody at the forms, without a browser; the admin unless said."""

    def __init__(self, newsroom: Any, email: str = EMAIL, password: str = PASSWORD) -> None:
        self.client = newsroom.application.test_client()
        self.token = ""
        self.read("/staff/login")
        assert self.send("/staff/login", {"email": email, "password": password}).status_code == 303
        self.read("/staff/items/new")

    def read(self, path: str) -> Any:
        answer = self.client.get(path, follow_redirects=True)
        if found := re.search(r'name="csrf_token" value="([^"]+)"', answer.text):
            self.token = found[1]
        return answer

    def send(self, path: str, said: dict[str, Any]) -> Any:
        return self.client.post(path, data={"csrf_token": self.token} | said)


def day(number: int) -> str:
    return f"2026-05-{number % 28 + 1:02}"


def by_form(newsroom: Any, person: Person) -> None:
    """Every text in every field; what a field refuses is left out of it, and the rest sent again."""
    for number, text in enumerate(TEXTS):
        said = {
            "title": text, "summary": text, "body": text, "author": text[:200], "image_alt": text, "link": text,
            "image_url": f"https://x.example/{text}", "image_credit": text[:200], "date": day(number),
            "language": "fr", "status": "published", "categories": SLUGS[number % 5],
        }  # fmt: skip
        if person.send("/staff/items/new", said).status_code != 303:
            said |= {"link": f"https://x.example/?{quote(text)}", "image_url": "https://x.example/a.png"}
            answer = person.send("/staff/items/new", said)
            assert answer.status_code == 303, (text, re.findall(r"field__error[^>]*>([^<]*)", answer.text))


def by_api(newsroom: Any, person: Person) -> None:
    _, secret = add_token(newsroom.desk, EMAIL, name=FEW[0], role="admin", days=9, actor="cli")
    head = {"Authorization": f"Bearer {secret}"}
    for number, text in enumerate(TEXTS):
        said = {
            "title": text, "summary": text, "content_html": text, "author": text[:200], "status": "published",
            "categories": [SLUGS[number % 5]], "date": day(number), "language": "en", "link": text,
            "image": {"url": f"https://x.example/{text}", "alt": text},
        }  # fmt: skip
        if person.client.post("/api/v1/items", json=said, headers=head).status_code != 201:
            del said["link"], said["image"]
            assert person.client.post("/api/v1/items", json=said, headers=head).status_code == 201, text


def entries(number: int, text: str) -> dict[str, Any]:
    return {
        "id": text, "url": f"https://x.example/{number}", "title": text, "content_html": text, "summary": text,
        "authors": [{"name": text, "url": text}], "tags": [text], "image": f"https://x.example/{text}",
        "external_url": text, "date_published": f"{day(number)}T08:00:00Z",
        "attachments": [{"url": f"https://x.example/{text}", "mime_type": text}],
    }  # fmt: skip


def by_import(newsroom: Any, person: Person) -> None:
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": FEW[0], "home_page_url": "https://x.example/"}
    feed["items"] = [entries(n, text) for n, text in enumerate(TEXTS)]  # type: ignore[assignment]
    assert import_json(newsroom.desk, Given(json.dumps(feed).encode()), "cli").added > len(TEXTS) - 8
    told = [
        {
            "id": f"0190f4a0-0000-7000-8000-{n:012}", "title": text, "summary": text, "content_html": text,
            "status": "published", "published": f"{day(n)}T08:00:00Z", "updated": f"{day(n)}T08:00:00Z",
            "language": "fr", "author": text, "categories": [{"slug": SLUGS[n % 5]}], "link": f"https://y.example/{n}",
            "image": {"url": f"https://x.example/{n}.png?{text}", "alt": text},
        }
        for n, text in enumerate(TEXTS)
    ]  # fmt: skip
    assert import_json(newsroom.desk, Given(json.dumps(told).encode()), "cli").added > len(TEXTS) - 8
    outlines = "".join(
        f'<outline type="rss" text="{escape(text)}" title="{escape(text)}" category="{escape(text)}" '
        f'xmlUrl="https://x{n}.example/f.xml?{escape(quote(text))}" htmlUrl="{escape(text)}"/>'
        for n, text in enumerate(FEW)
    )
    head = f"<head><title>{escape(FEW[0])}</title></head>"
    opml = f'<opml version="2.0">{head}<body><outline text="{escape(FEW[1])}">{outlines}</outline></body></opml>'
    assert import_opml(newsroom.desk, Given(opml.encode()), "cli").added == len(FEW)


def xml(text: str) -> str:
    """As XML writes it, without what no XML may say."""
    return escape("".join(each for each in text if each >= " " or each in "\t\n\r"))


def atom(texts: tuple[str, ...]) -> str:
    entries = "".join(
        f"<entry><id>{xml(text)}</id><title type='{kind}'>{xml(text)}</title><link href='https://x.example/{kind}/{n}'/>"
        f"<summary type='html'>{xml(text)}</summary><content type='{kind}'>{xml(text)}</content><author><name>{xml(text)}"
        f"</name><uri>{xml(text)}</uri></author><category term='{xml(text)}' label='{xml(text)}' scheme='{xml(text)}'/>"
        f"<link rel='enclosure' type='image/png' href='https://x.example/{xml(text)}' title='{xml(text)}'/>"
        f"<published>{day(n)}T08:00:00Z</published><updated>{day(n)}T08:00:00Z</updated></entry>"
        for n, text in enumerate(texts)
        for kind in ("html", "text")
    )
    head = f"<id>x</id><title>{xml(FEW[0])}</title><subtitle>{xml(FEW[1])}</subtitle><updated>2026-05-01T08:00:00Z</updated>"
    return f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">{head}{entries}</feed>'


def rss(texts: tuple[str, ...]) -> str:
    entries = "".join(
        f"<item><guid isPermaLink='false'>{xml(text)}</guid><title>{xml(text)}</title><link>https://x.example/r/{n}</link>"
        f"<description>{xml(text)}</description><content:encoded>{xml(text)}</content:encoded><dc:creator>{xml(text)}"
        f"</dc:creator><category domain='{xml(text)}'>{xml(text)}</category><media:content url='https://x.example/{xml(text)}'"
        f" medium='image'><media:title>{xml(text)}</media:title><media:credit>{xml(text)}</media:credit></media:content>"
        f"<pubDate>Fri, {n % 28 + 1:02} May 2026 08:00:00 GMT</pubDate><source url='{xml(text)}'>{xml(text)}</source></item>"
        for n, text in enumerate(texts)
    )
    spaces = "xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:dc='http://purl.org/dc/elements/1.1/'"
    spaces += " xmlns:media='http://search.yahoo.com/mrss/'"
    head = f"<title>{xml(FEW[2])}</title><link>javascript:__pwned(1)</link><description>{xml(FEW[3])}</description>"
    return f'<?xml version="1.0"?><rss version="2.0" {spaces}><channel>{head}{entries}</channel></rss>'


def posts(texts: tuple[str, ...]) -> str:
    return json.dumps([
        {
            "id": n, "date_gmt": f"{day(n)}T08:00:00", "link": f"https://x.example/w/{n}", "guid": {"rendered": text},
            "title": {"rendered": text}, "excerpt": {"rendered": text}, "content": {"rendered": text},
            "_embedded": {
                "author": [{"name": text}], "wp:term": [[{"name": text, "taxonomy": "category"}]],
                "wp:featuredmedia": [{"source_url": f"https://x.example/{text}", "alt_text": text}],
            },
        }
        for n, text in enumerate(texts)
    ])  # fmt: skip


def page(texts: tuple[str, ...]) -> str:
    rows = "".join(
        f"<article><h2><a href='/p/{n}'>{escape(text)}</a></h2><time datetime='{day(n)}'></time><p>{text}</p></article>"
        for n, text in enumerate(texts)
    )
    return f"<!doctype html><html lang='fr'><title>{FEW[0]}</title><body>{rows}</body></html>"


def by_collecting(newsroom: Any, person: Person, partner: Any) -> None:
    desk = newsroom.desk.with_settings(allowed_networks=parse_allowed("127.0.0.0/8"), fetch_pause=0.0)
    for kind, path, made in (
        ("feed", "/a.atom", atom),
        ("feed", "/r.rss", rss),
        ("wordpress", "/w/", posts),
        ("page", "/p", page),
    ):
        new = NewSource(url=partner.url + path, kind=kind, name=FEW[4], trust="publish", categories=(SLUGS[1],))
        source = add_source(desk, new, "test")
        partner.pages[source.url.removeprefix(partner.url)] = made(TEXTS)
        (outcome,) = refresh(desk, [source])
        assert outcome.error is None, (kind, outcome)
        assert list_items(desk, ItemFilter(source=source.id)), kind
