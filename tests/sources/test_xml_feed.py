from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.errors import DepecheError, NotUnderstood
from news.items import Image, When
from news.sources import Kind
from tests.patience import takes_less_than

NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom"'
)


def rss(*items, channel="<title>Labo</title><link>https://labo.example/</link>"):
    inner = "".join(f"<item>{item}</item>" for item in items)
    start = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"'
    return f"{start} {NAMESPACES}><channel>{channel}{inner}</channel></rss>"


def atom(*entries, head=""):
    inner = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Labo</title>{head}{inner}</feed>'


@pytest.fixture
def one(read_as):
    """The only entry of a feed."""

    def reading(body, **options):
        (entry,) = read_as(body, **options).entries
        return entry

    return reading


def test_an_rss_item_is_read_whole(read_as):
    reading = read_as(
        rss(
            "<title>Un prix</title><link>/prix?a=1&amp;b=2</link><guid isPermaLink='false'>labo-7</guid>"
            "<pubDate>Fri, 04 Oct 2024 09:00:00 +0200</pubDate><dc:creator>Léa Martin</dc:creator>"
            "<category>Recherche</category><category>Diversité &amp; RSE</category>"
            "<description>Un texte [...]</description><content:encoded><![CDATA[<p>Le <b>texte</b></p>]]>"
            "</content:encoded>",
            channel="<title>Labo</title><link>https://labo.example/</link><language>fr-FR</language>",
        )
    )
    entry = reading.entries[0]
    assert (reading.format, reading.title, reading.language, reading.home) == (
        "rss20",
        "Labo",
        "fr-FR",
        "https://labo.example/",
    )
    assert (entry.title, entry.guid, entry.author) == ("Un prix", "labo-7", "Léa Martin")
    assert entry.link == "https://site.example/prix?a=1&b=2"
    assert entry.published == When(moment=datetime(2024, 10, 4, 7, tzinfo=UTC))
    assert entry.terms == ("Recherche", "Diversité & RSE")
    assert (entry.summary, entry.content_html) == ("Un texte", "<p>Le <b>texte</b></p>")


def test_an_atom_entry_is_read_whole(one):
    entry = one(
        atom(
            '<id>tag:labo.example,2024:7</id><title type="html">Un &lt;em&gt;prix&lt;/em&gt;</title><link '
            'href="/prix"/>'
            "<published>2024-10-04T09:00:00+02:00</published><updated>2024-10-05T00:00:00Z</updated>"
            '<author><name>Léa Martin</name></author><category term="div" label="Diversité &amp; RSE"/>'
            '<category term="x"/>'
            '<summary>Court</summary><content type="xhtml" xml:lang="fr" xml:base="https://b.example/d/">'
            '<div xmlns="http://www.w3.org/1999/xhtml"><p>Voir <a href="e">là</a></p></div></content>'
        )
    )
    assert (entry.title, entry.guid, entry.link) == ("Un prix", "tag:labo.example,2024:7", "https://site.example/prix")
    assert entry.published == When(moment=datetime(2024, 10, 4, 7, tzinfo=UTC))
    assert entry.updated == When(moment=datetime(2024, 10, 5, tzinfo=UTC))
    assert (entry.author, entry.terms, entry.summary, entry.language) == (
        "Léa Martin",
        ("Diversité & RSE", "x"),
        "Court",
        "fr",
    )
    assert 'href="https://b.example/d/e"' in entry.content_html


def test_an_rdf_feed_is_read(read_as):
    reading = read_as(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://l.example/"><title>L</title></channel>'
        '<item rdf:about="https://l.example/1"><title>Un</title><link>https://l.example/1</link><dc:date>2024-10-04</dc:date>'
        "<dc:subject>Doctorat</dc:subject></item></rdf:RDF>"
    )
    entry = reading.entries[0]
    assert (reading.format, entry.title, entry.link) == ("rss10", "Un", "https://l.example/1")
    assert (entry.published, entry.terms) == (When(day=date(2024, 10, 4)), ("Doctorat",))


def test_old_rss_without_dates_or_guids_is_read(one):
    entry = one(
        '<rss version="0.91"><channel><title>L</title><item><title>Un</title><link>http://l.example/1</link></item></channel></rss>'
    )
    assert (entry.title, entry.guid, entry.published) == ("Un", None, None)


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Diversité &amp; RSE", "Diversité & RSE"),
        ("<![CDATA[Diversité & RSE]]>", "Diversité & RSE"),
        ("<![CDATA[Diversité &amp; RSE]]>", "Diversité & RSE"),
        ("L&amp;#8217;école &amp;amp; moi", "L’école & moi"),
        ("1 &lt; 2", "1 < 2"),
        ("&lt;b&gt;Gras&lt;/b&gt;", "Gras"),
        ("  deux\n lignes ", "deux lignes"),
    ],
)
def test_entities_of_a_title_are_read_once(one, written, title):
    assert one(rss(f"<title>{written}</title>")).title == title


def test_an_atom_title_that_is_text_is_taken_at_its_word(one):
    assert one(atom("<id>a</id><title>Le signe &amp;amp; en HTML</title>")).title == "Le signe &amp; en HTML"


def test_an_entry_without_a_title_is_called_by_its_beginning(one):
    assert one(rss(f"<description>{'Un mot de plus. ' * 20}</description>")).title.startswith("Un mot de plus. Un mot")


def test_an_entry_that_says_nothing_is_left_out(read_as):
    assert read_as(rss("<guid>1</guid>")).entries == ()


@pytest.mark.parametrize("mark", ["[&#8230;]", "[...]", "[…]", "(...)"])
def test_a_truncation_mark_is_never_content(one, mark):
    assert (
        one(rss(f"<title>T</title><description><![CDATA[<p>Un début {mark}</p>]]></description>")).summary == "Un début"
    )


def test_what_a_blog_adds_below_its_entries_is_no_news(one):
    footer = '<p>L’article <a href="/p">Un prix</a> est apparu en premier sur <a href="/">Labo</a>.</p>'
    entry = one(rss(f"<title>T</title><description><![CDATA[<p>Un début [&#8230;]</p>\n{footer}]]></description>"))
    assert (entry.summary, entry.content_html) == ("Un début", "")


def test_a_rich_description_is_the_text_too(one):
    entry = one(
        rss("<title>T</title><description>&lt;p&gt;Un &lt;a href='/x'&gt;lien&lt;/a&gt;&lt;/p&gt;</description>")
    )
    assert entry.summary == "Un lien"
    assert 'href="https://labo.example/x"' in entry.content_html


def test_a_description_after_the_content_is_still_the_summary(one):
    entry = one(
        rss(
            "<title>T</title><content:encoded>&lt;p&gt;Le texte entier&lt;/p&gt;</content:encoded><description>"
            "Court</description>"
        )
    )
    assert (entry.summary, entry.content_html) == ("Court", "<p>Le texte entier</p>")


def test_a_content_without_summary_invents_none(one):
    entry = one(atom('<id>a</id><title>T</title><content type="html">&lt;p&gt;Le texte&lt;/p&gt;</content>'))
    assert (entry.summary, entry.content_html) == ("", "<p>Le texte</p>")


def test_scripts_never_come_through(one):
    hostile = (
        "<script>alert(1)</script><img src=x onerror=alert(1)><a href='&#106;avascript:alert(1)'>x</a><svg "
        "onload=alert(1)>"
    )
    entry = one(rss(f"<title>T</title><content:encoded><![CDATA[<p>Oui</p>{hostile}]]></content:encoded>"))
    assert "Oui" in entry.content_html
    assert not any(word in entry.content_html for word in ("script", "onerror", "svg"))


@pytest.mark.parametrize(
    ("markup", "image"),
    [
        (
            '<media:content url="/i.jpg" medium="image" width="640" height="480"/>',
            Image("https://labo.example/i.jpg", "", 640, 480),
        ),
        ('<media:thumbnail url="https://c.example/t.png"/>', Image("https://c.example/t.png")),
        ('<enclosure url="https://c.example/e.png" type="image/png" length="1"/>', Image("https://c.example/e.png")),
        ('<enclosure url="https://c.example/e.mp3" type="audio/mpeg" length="1"/>', None),
        (
            "<description>&lt;img src='/p.gif' width=1 height=1&gt;&lt;img src='/i.jpg' alt='Une &amp;amp; "
            "deux'&gt;</description>",
            Image("https://labo.example/i.jpg", "Une & deux"),
        ),
        (
            '<enclosure url="https://c.example/e.png" type="image/png"/>'
            "<description>&lt;img src='https://c.example/e.png' alt='Le jury'&gt;</description>",
            Image("https://c.example/e.png", "Le jury"),
        ),
    ],
)
def test_the_picture_is_found_where_feeds_put_it(one, markup, image):
    assert one(rss(f"<title>T</title>{markup}")).image == image


@pytest.mark.parametrize(
    ("written", "when"),
    [
        ("2024-10-04", When(day=date(2024, 10, 4))),
        ("Fri, 04 Oct 2024", When(day=date(2024, 10, 4))),
        ("ven., 04 oct. 2024 09:00:00 +0200", When(moment=datetime(2024, 10, 4, 7, tzinfo=UTC))),
        ("Mon, 01 Jan 0001 00:00:00 +0000", None),
        ("demain", None),
    ],
)
def test_dates_are_days_or_moments_or_nothing(one, written, when):
    assert one(rss(f"<title>T</title><pubDate>{written}</pubDate>")).published == when


def test_an_atom_entry_with_one_date_came_out_then(one):
    assert one(atom("<id>a</id><title>T</title><updated>2024-10-04T09:00:00Z</updated>")).published == When(
        moment=datetime(2024, 10, 4, 9, tzinfo=UTC)
    )


def test_a_permalink_guid_is_the_link_when_there_is_no_other(one):
    assert one(rss("<title>T</title><guid>https://labo.example/7</guid>")).link == "https://labo.example/7"
    assert one(rss("<title>T</title><guid isPermaLink='false'>https://labo.example/7</guid>")).link is None


def test_the_first_alternate_link_is_the_link(one):
    links = (
        '<link rel="self" href="/s"/><link rel="alternate" href="/fr"/><link rel="alternate" hreflang="en" href="/en"/>'
    )
    assert one(atom(f"<id>a</id><title>T</title>{links}")).link == "https://site.example/fr"


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "http://u:p@labo.example/"])
def test_a_link_that_is_no_web_address_is_none(one, link):
    assert one(rss(f"<title>T</title><link>{link}</link>")).link is None


def test_a_feed_in_another_charset_is_read(one):
    body = rss("<title>Été</title>").replace("utf-8", "iso-8859-1").encode("latin-1")
    assert one(body).title == "Été"
    assert one(rss("<title>Été</title>").encode(), content_type="text/xml").title == "Été"


@pytest.mark.parametrize(
    "body",
    [
        rss("<title>Un & deux</title>"),
        rss("<title>Un &amp; deux</title>").replace("</channel></rss>", ""),
        "Warning: line 3\n" + rss("<title>Un &amp; deux</title>"),
        rss("<title>Un &amp; deux\x0b</title>"),
    ],
)
def test_a_badly_written_feed_is_read_too(one, body):
    assert one(body).title == "Un & deux"


def test_entities_of_a_document_type_read_no_file_and_grow_nothing(read_as):
    body = (
        '<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/hostname"><!ENTITY a "aaaaaaaaaa"><!ENTITY b '
        '"&a;&a;&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>'
        "<rss version='2.0'><channel><title>x</title><item><title>T &f; &d;</title></item></channel></rss>"
    )
    (entry,) = read_as(body).entries
    assert len(entry.title) < 200


def test_a_feed_that_turned_into_a_page_is_not_understood(read_as):
    with pytest.raises(NotUnderstood) as caught:
        read_as(
            "<!DOCTYPE html><html><body><h1>Site en maintenance</h1></body></html>", "application/rss+xml", Kind.FEED
        )
    assert caught.value.key == "source.not_a_feed"


def test_many_entries_are_cut_to_the_newest_in_their_order(read_as):
    items = [f"<title>{n}</title><pubDate>2024-01-{n % 28 + 1:02}</pubDate>" for n in range(28)]
    assert [entry.title for entry in read_as(rss(*items), newest=3).entries] == ["25", "26", "27"]


def test_undated_entries_are_cut_from_the_end(read_as):
    assert [entry.title for entry in read_as(rss("<title>a</title>", "<title>b</title>"), newest=1).entries] == ["a"]


def test_every_field_is_bounded(one):
    entry = one(
        rss(
            f"<title>{'t ' * 5000}</title><guid>{'g' * 5000}</guid><author>{'a ' * 5000}</author><link>"
            f"http://l.example/{'l' * 5000}</link>"
            f"<description>{'d ' * 50_000}</description>"
            + "".join(f"<category>{n}{'c' * 999}</category>" for n in range(99))
        )
    )
    assert len(entry.title) <= 1000 and len(entry.summary) <= 10_000 and entry.guid is None and entry.link is None
    assert len(entry.terms) == 50 and max(map(len, entry.terms)) <= 200
    assert len(entry.author or "") <= 200


def test_a_huge_author_takes_no_time(one):
    for name in ("author", "dc:creator", "managingEditor"):
        with takes_less_than(1):
            one(
                rss(
                    f"<title>T</title><{name}>{'a' * 300_000}</{name}>",
                    channel=f"<{name}><![CDATA[{'b.' * 150_000}]]></{name}>",
                )
            )


PIECES = st.sampled_from(
    "<item> </item> <entry> </entry> <title> </title> <title#type='html'> <link> "
    "<link#href='http://[/'/> </link> <guid> </guid> "
    "<author> </author> <name> </name> <content#type='xhtml'> <content#type='base64'#mode='base64'> "
    "</content> <description> "
    "</description> <pubDate> </pubDate> <media:content#url='/i'#width='x'#medium='image'/> "
    "<category#term=''/> &amp;lt; &#0; &bad; "
    "<![CDATA[ ]]> <!-- <source> <image> </image> <enclosure/> 2024-99-99 <itunes:owner> é <geo:lat>"
    "x</geo:lat> <georss:point>1</georss:point> "
    "<gml:pos>a</gml:pos> <updated>-99999-01-01T00:00:00Z</updated> <media:group> <textinput> <cloud/> "
    "<feed> </channel>".replace("#", " ").split(" ")
)


@given(
    st.sampled_from(['<rss version="2.0"><channel>', '<feed xmlns="http://www.w3.org/2005/Atom">', "<rdf:RDF>"]),
    st.lists(PIECES | st.text(max_size=6), max_size=30),
)
@settings(max_examples=100, deadline=None)
def test_no_feed_breaks_the_reading(read_as, root, pieces):
    try:
        reading = read_as(root + "".join(pieces), kind=Kind.FEED)
    except DepecheError:
        return
    assert all(entry.title for entry in reading.entries)


def test_a_base_that_is_no_address_costs_the_links_not_the_entry(one):
    content = (
        '<content type="html" xml:base="http://a&lt;b/">&lt;p&gt;Oui &lt;a href="x"&gt;là&lt;/a&gt;&lt;/p&gt;</content>'
    )
    assert "Oui" in one(atom(f"<id>a</id><title>T</title>{content}")).content_html
