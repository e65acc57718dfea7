"""What content management systems are known to write, and what a person would want to read of it."""

from datetime import UTC, date, datetime

import pytest

from news.items import Image, When
from tests.patience import takes_less_than

DRUPAL = (
    '<span class="field field--name-title field--type-string">Remise des prix</span>\n'
    '<span class="field field--name-uid"><span class="username">admin</span></span>\n'
    '<span class="field field--name-created"><time datetime="2026-03-04T15:30:00+01:00">mer 04/03/2026</time></span>\n'
    '<div class="field field--name-body"><p>Le texte.</p></div>'
)
SPIP = '<p>Le texte (…)</p>\n\n-\n<a href="https://labo.example/rubrique3" rel="directory">Actualités</a>\n'
EMOJI = (
    '<img src="https://s.w.org/images/core/emoji/15/72x72/1f680.png" alt="🚀" class="wp-smiley" style="height:1em" />'
)
LAZY = '<img class="lazy" src="data:image/gif;base64,R0lGODlhAQAB" data-src="https://labo.example/p.jpg" alt="Le jury">'
PICTURE = Image("https://labo.example/p.jpg", "Le jury")
NINE = When(moment=datetime(2026, 3, 4, 9, tzinfo=UTC))


def rss(item, prolog='<?xml version="1.0" encoding="utf-8"?>'):
    about = "<title>Labo</title><link>https://labo.example/</link>"
    return f'{prolog}<rss version="2.0"><channel>{about}<item>{item}</item></channel></rss>'


@pytest.fixture
def one(read_as):
    def reading(body, **options):
        (entry,) = read_as(body, **options).entries
        return entry

    return reading


@pytest.fixture
def told(one):
    """What becomes of an RSS description."""
    return lambda markup: one(rss(f"<title>T</title><description><![CDATA[{markup}]]></description>"))


@pytest.mark.parametrize(
    ("written", "summary"),
    [
        ("&lt;p&gt;Un &lt;strong&gt;prix&lt;/strong&gt; de l&amp;rsquo;an&lt;/p&gt;", "Un prix de l’an"),
        ("Pour tout $k<n$ et x<y, la borne tient.", "Pour tout $k<n$ et x<y, la borne tient."),
        ("Si a < b, alors b > a.", "Si a < b, alors b > a."),
        ("Un <o:p>reste</o:p> de Word", "Un reste de Word"),
        (DRUPAL, "Le texte."),
        (SPIP, "Le texte"),
        (f"{EMOJI} Une chaire", "🚀 Une chaire"),
        ('<p>Le début <a class="more" href="/b">Lire la suite <span>de T</span> &rarr;</a></p>', "Le début"),
        ('Le début… <a href="/b">En savoir plus</a>', "Le début…"),
        ('<p>Le début <a href="/b">Continue reading</a> &raquo;</p>', "Le début »"),
        ('[vc_row full_width="1"][vc_column]Le texte [1][/vc_column][/vc_row]', "Le texte [1]"),
        ('[caption id="a_1" width="300"]<img src="/x.jpg"> Légende[/caption] [Prix]', "Légende [Prix]"),
        ('<p>Voir <a href="/b">la suite du programme</a></p>', "Voir la suite du programme"),
    ],
)
def test_a_description_is_read_as_it_was_meant(told, written, summary):
    assert told(written).summary == summary


def test_markup_that_was_escaped_twice_is_the_text_with_its_links(told):
    entry = told("&lt;p&gt;Un&lt;/p&gt;&lt;p&gt;&lt;a href=&quot;/b&quot;&gt;Deux&lt;/a&gt;&lt;/p&gt;")
    assert entry.content_html == '<p>Un</p><p><a href="https://labo.example/b" rel="noopener noreferrer">Deux</a></p>'


def test_escaped_markup_inside_markup_is_meant_to_be_seen(told):
    assert told("<p>La balise &lt;p&gt;…&lt;/p&gt; en HTML</p>").summary == "La balise <p>…</p> en HTML"


@pytest.mark.parametrize(
    ("written", "summary"),
    [
        ("&lt;p&gt;Un &lt;b&gt;prix&lt;/b&gt;&lt;/p&gt;", "Un prix"),
        ("Le signe &lt;p&gt; en HTML", "Le signe <p> en HTML"),
        ("&lt;T&gt; est un type", "<T> est un type"),
    ],
)
def test_an_atom_text_that_is_markup_from_end_to_end_is_read_as_markup(one, written, summary):
    feed = '<feed xmlns="http://www.w3.org/2005/Atom"><title>L</title><entry><id>a</id><title>T</title><summary>{}</summary>'
    assert one(f"{feed.format(written)}</entry></feed>").summary == summary


@pytest.mark.parametrize(
    ("markup", "image", "content"),
    [
        (f"<p>{EMOJI} Un</p><p>{LAZY}</p>", PICTURE,
         '<p>🚀 Un</p><p><img src="https://labo.example/p.jpg" alt="Le jury"></p>'),
        ('<img srcset="https://labo.example/p.jpg 300w, /l.jpg 900w" alt="Le jury"> Un', PICTURE,
         '<img src="https://labo.example/p.jpg" alt="Le jury"> Un'),
        ('<p>Un</p><img src="https://labo.example/~r/4" height="1" width="1" alt=""/><p>Deux</p>', None,
         "<p>Un</p><p>Deux</p>"),
        ('<p>Un</p><img alt="rien"><p>Deux</p>', None, "<p>Un</p><p>Deux</p>"),
    ],
)  # fmt: skip
def test_a_picture_is_one_that_can_be_seen(told, markup, image, content):
    entry = told(markup)
    assert (entry.image, entry.content_html) == (image, content)


@pytest.mark.parametrize(
    "kind", ["", 'type=""', 'type="image"', 'type="image/jpeg"', 'type="application/octet-stream"']
)
def test_an_attached_picture_is_known_by_its_name_where_its_type_says_nothing(one, kind):
    entry = one(rss(f'<title>T</title><enclosure url="https://labo.example/P.JPG?v=1" length="0" {kind}/>'))
    assert entry.image == Image("https://labo.example/P.JPG?v=1")


@pytest.mark.parametrize("place", ["d.pdf", "jpg", "a.jpg.html"])
def test_what_is_attached_and_no_picture_is_none(one, place):
    assert one(rss(f'<title>T</title><enclosure url="https://labo.example/{place}" length="0"/>')).image is None
    assert one(rss('<title>T</title><enclosure url="https://l.example/a.jpg" type="text/html"/>')).image is None


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("contact@labo.paris (Service com)", "Service com"),
        ("contact@labo.example (Léa Martin)", "Léa Martin"),
        ("Léa Martin &lt;lea@labo.university&gt;", "Léa Martin"),
        ("lea@labo.example", "lea@labo.example"),
        ("lea@labo.fr (Léa Martin)", "Léa Martin"),
        ("Léa @ Paris", "Léa @ Paris"),
    ],
)
def test_an_author_is_called_by_name_whatever_the_mail_address_ends_in(one, written, name):
    assert one(rss(f"<title>T</title><author>{written}</author>")).author == name


@pytest.mark.parametrize("guid", ["1", "news-12", "12 at https://labo.example", "/a"])
def test_an_identifier_that_is_no_address_is_no_link(one, guid):
    assert one(rss(f"<title>T</title><guid>{guid}</guid>")).link is None


def test_a_bare_ampersand_is_no_reference_without_its_end(one):
    entry = one(rss("<title>R&D et AT&T</title><link>https://labo.example/a?x=1&y=2</link><category>R&D</category>"))
    assert (entry.title, entry.link, entry.terms) == ("R&D et AT&T", "https://labo.example/a?x=1&y=2", ("R&D",))


def test_a_reference_without_its_end_is_read_where_html_knows_it_so(one):
    entry = one(rss("<title>caf&eacute et &copy 2026 &T</title><link>https://labo.example/a?x=1&copy=2</link>"))
    assert (entry.title, entry.link) == ("café et © 2026 &T", "https://labo.example/a?x=1&copy=2")


@pytest.mark.parametrize(
    ("written", "when"),
    [
        ("2026/03/04", When(day=date(2026, 3, 4))),
        ("2026/03/04 10:00", NINE),
        ("1772614800", NINE),
        ("1772614800000", NINE),
        ("Thu, 01 Jan 1970 00:00:00 +0000", None),
        ("1970-01-01T01:00:00+01:00", None),
        ("1970-01-01", None),
        ("2026年3月4日", None),
        ("--03-04", None),
        ("---04", None),
    ],
)
def test_a_date_is_what_was_written_and_never_taken_from_the_clock(one, written, when):
    assert one(rss(f"<title>T</title><pubDate>{written}</pubDate>")).published == when


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Titre&lt;br /&gt;suite", "Titre suite"),
        ("<![CDATA[Titre <br>suite]]>", "Titre suite"),
        ("Prix &#55357;&#56832; !", "Prix 😀 !"),
        ("Prix &#xD83D;&#xDE00; !", "Prix 😀 !"),
        ("Prix d&#233;&#55357;&#56832;&#xD83D;&#56832;&#233; !", "Prix dé😀😀é !"),
        ("Prix &amp;#55357;&amp;#56832;&amp;#233; !", "Prix 😀é !"),
        ("Prix &#55357; !", "Prix !"),
        ("Prix &#56832;&#55357; !", "Prix !"),
        ("Prix &#0;&#11;&#xFFFF;&#x110000;&#99999999999999; !", "Prix !"),
        ("<![CDATA[Prix &#55357;&#56832; !]]>", "Prix 😀 !"),
    ],
)
def test_no_title_loses_its_feed_or_shows_how_it_was_written(one, written, title):
    assert one(rss(f"<title>{written}</title>")).title == title


def test_a_json_title_may_have_been_written_as_html(one):
    feed = '{"version": "https://jsonfeed.org/version/1.1", "title": "L", "items": [{"id": "1", "title": "%s"}]}'
    assert one(feed % "L&rsquo;&eacute;cole &amp; AT&T").title == "L’école & AT&T"


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be", "utf-32"])
def test_a_feed_without_a_mark_tells_its_charset_by_its_first_bytes(one, charset):
    body = rss("<title>Été</title>", '<?xml version="1.0" encoding="utf-16"?>')
    assert one(body.encode(charset)).title == "Été"


@pytest.mark.parametrize("media", [None, "application/xml; charset=utf-16"])
def test_what_is_said_to_be_utf_16_and_is_not_is_read_as_what_it_is(one, media):
    body = rss("<title>Été</title>", '<?xml version="1.0" encoding="utf-16"?>')
    assert one(body.encode(), content_type=media).title == "Été"


def test_one_field_in_another_charset_does_not_spoil_the_others(one):
    body = rss("<title>L’été à l’école</title><category>Après</category>").encode()
    entry = one(body.replace("été".encode(), "été".encode("cp1252")))
    assert entry.title == "L’\ufffdt\ufffd à l’école"
    assert entry.terms == ("Après",)


@pytest.mark.parametrize(
    "piece",
    [
        "<a >Lire la suite",
        "<img ",
        "<img a=",
        " - <a ",
        "&amp;lt;p&amp;gt;",
        "<p>The post ",
        "<span field--name-title>",
        "<p>a &",
    ],
)
def test_no_markup_takes_long(told, piece):
    with takes_less_than(30):
        told(piece * (100_000 // len(piece)))


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("<h2><a href=/1>Un <br>titre</a></h2>", "Un titre"),
        ("<h2><a href=/1>Un<br/>titre <em>long</em></a></h2>", "Un titre long"),
        ("<h2><a href=/1>Un titre<br>3 mars 2026</a></h2>", "Un titre"),
        (f"<h2><a href=/1>Un titre<br>{'Et son texte, qui est long. ' * 9}</a></h2>", "Un titre"),
    ],
)
def test_a_heading_broken_by_hand_is_one_title(one, heading, title):
    page = f"<html><body><article>{heading}<time datetime=2026-03-03>3 mars 2026</time></article></body></html>"
    assert one(page).title == title


def test_a_picture_of_a_page_may_be_named_in_sizes_alone(one):
    page = (
        "<html><body><article><h2><a href=/1>Un titre</a></h2><time>3 mars 2026</time>"
        "<img srcset='/p-300.jpg 300w, /p-900.jpg 900w' alt='Le jury'></article></body></html>"
    )
    assert one(page).image == Image("https://site.example/p-300.jpg", "Le jury")
