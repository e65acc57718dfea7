"""Feeds as they are met: what the usual programs write, with articles of the usual length. Made up, always the same."""

from __future__ import annotations

import random
from html import escape

_WORDS = [
    "campus", "recherche", "étudiants", "laboratoire", "partenariat", "énergie", "conférence", "projet", "école",
    "formation", "numérique", "ingénieur", "bourse", "thèse", "colloque", "océan", "the", "of", "students", "training",
    "week", "open", "call", "l’équipe", "aujourd’hui", "à", "été",
]  # fmt: skip
_HOST = "https://partner.example"
_NAMES = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'


def corpus(documents: int = 60, entries: int = 20) -> list[str]:
    """``documents`` feeds of ``entries`` each. Of 20, 9 are WordPress RSS with texts and 2 with excerpts, 3 plain RSS,
    2 Atom with texts, 1 RDF, 1 Media RSS, and 2 are badly written: feedparser's share."""
    made = []
    for number in range(documents):
        chance = random.Random(number)
        made.append(_KINDS[number % 20](chance, entries))
    return made


def _said(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(_WORDS, k=words)).capitalize()


def _article(chance: random.Random) -> str:
    blocks = [
        f'<p>{_said(chance, 60)} <a href="{_HOST}/p/{n}">{_said(chance, 3)}</a>, '
        f"<strong>{_said(chance, 4)}</strong>.</p>"
        for n in range(chance.randint(3, 8))
    ]
    picture = f'<img src="{_HOST}/i/{chance.random()}.jpg" alt="{_said(chance, 4)}">'
    return f'<figure class="wp-block-image">{picture}</figure>' + "\n".join(blocks)


def _date(number: int) -> str:
    day = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[number % 7]
    return f"{day}, {number % 28 + 1:02} Oct 2026 09:{number:02}:00 +0000"


def _rss(items: list[str], names: str = _NAMES) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" {names} xmlns:atom="http://www.w3.org/2005/Atom">'
        f"<channel><title>Partenaire</title><link>{_HOST}/</link><description>Actualités</description>"
        f'<atom:link href="{_HOST}/feed/" rel="self" type="application/rss+xml" />'
        f"<language>fr-FR</language>{''.join(items)}</channel></rss>"
    )


def _wordpress(chance: random.Random, entries: int, *, whole: bool = True) -> str:
    items = []
    for number in range(entries):
        body = f"<content:encoded><![CDATA[{_article(chance)}]]></content:encoded>" if whole else ""
        items.append(
            f"<item>\n<title>{_said(chance, 8)} &#038; suite</title>\n<link>{_HOST}/2026/10/{number}/</link>\n"
            f"<dc:creator><![CDATA[Anne Roche]]></dc:creator>\n<pubDate>{_date(number)}</pubDate>\n"
            f"<category><![CDATA[Recherche]]></category><category><![CDATA[Diversité &amp; RSE]]></category>\n"
            f'<guid isPermaLink="false">{_HOST}/?p={number}</guid>\n'
            f"<description><![CDATA[<p>{_said(chance, 40)} [&#8230;]</p>]]></description>\n{body}</item>\n"
        )
    return _rss(items)


def _excerpts(chance: random.Random, entries: int) -> str:
    return _wordpress(chance, entries, whole=False)


def _plain(chance: random.Random, entries: int) -> str:
    return _rss([
        f"<item><title>{_said(chance, 8)}</title><link>{_HOST}/n/{number}</link><pubDate>{_date(number)}</pubDate>"
        f"<description>{escape(_said(chance, 30))}</description><guid>{_HOST}/n/{number}</guid></item>"
        for number in range(entries)
    ])  # fmt: skip


def _atom(chance: random.Random, entries: int) -> str:
    inner = "".join(
        f'<entry><title type="html">{_said(chance, 8)}</title><id>tag:partner.example,2026:{number}</id>'
        f'<link rel="alternate" type="text/html" href="{_HOST}/a/{number}"/><author><name>Léa Martin</name></author>'
        f"<published>2026-10-{number % 28 + 1:02}T09:00:00+02:00</published><updated>2026-10-28T09:00:00Z</updated>"
        f'<category term="recherche" label="Recherche"/><summary>{_said(chance, 25)}</summary>'
        f'<content type="html">{escape(_article(chance))}</content></entry>'
        for number in range(entries)
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">'
        f"<title>A</title><id>{_HOST}/feed</id><updated>2026-10-28T09:00:00Z</updated>"
        f'<link href="{_HOST}/"/>{inner}</feed>'
    )


def _rdf(chance: random.Random, entries: int) -> str:
    inner = "".join(
        f'<item rdf:about="{_HOST}/r/{number}"><title>{_said(chance, 8)}</title><link>{_HOST}/r/{number}</link>'
        f"<description>{_said(chance, 30)}</description><dc:date>2026-10-{number % 28 + 1:02}T09:00:00Z</dc:date>"
        f"<dc:subject>Recherche</dc:subject><dc:creator>Anne Roche</dc:creator></item>"
        for number in range(entries)
    )
    return (
        f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" {_NAMES}>'
        f'<channel rdf:about="{_HOST}/"><title>R</title><link>{_HOST}/</link></channel>{inner}</rdf:RDF>'
    )


def _media(chance: random.Random, entries: int) -> str:
    items = [
        f"<item><title>{_said(chance, 8)}</title><link>{_HOST}/m/{number}</link><pubDate>{_date(number)}</pubDate>"
        f"<description>{_said(chance, 30)}</description>"
        f'<media:content url="{_HOST}/m/{number}.jpg" medium="image" type="image/jpeg" width="800" height="600">'
        f"<media:credit>Anne Roche</media:credit></media:content></item>"
        for number in range(entries)
    ]
    return _rss(items, 'xmlns:media="http://search.yahoo.com/mrss/"')


def _broken(chance: random.Random, entries: int) -> str:
    return _wordpress(chance, entries).replace("&#038;", "&", 1)


def _doctyped(chance: random.Random, entries: int) -> str:
    return _plain(chance, entries).replace("<rss", "<!DOCTYPE rss><rss", 1)


_KINDS = [
    _wordpress, _plain, _wordpress, _atom, _wordpress, _excerpts, _wordpress, _rdf, _wordpress, _broken, _wordpress,
    _plain, _wordpress, _atom, _wordpress, _excerpts, _wordpress, _media, _plain, _doctyped,
]  # fmt: skip
