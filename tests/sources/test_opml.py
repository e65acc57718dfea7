from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.document import Outline
from feeds.opml import write
from news.errors import NotUnderstood
from sources.opml import MOST_OUTLINES, Subscription, read_opml


def opml(body: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><opml version="2.0"><head/><body>{body}</body></opml>'.encode()


def key_of(body: bytes) -> str:
    with pytest.raises(NotUnderstood) as caught:
        read_opml(body)
    return caught.value.key


def test_each_outline_with_an_address_is_a_subscription():
    listed = opml(
        '<outline text="Un" xmlUrl="https://a.example/f"/><outline title="Deux" xmlUrl="https://b.example/"/>'
    )

    assert read_opml(listed) == (
        Subscription("https://a.example/f", "Un"),
        Subscription("https://b.example/", "Deux"),
    )


def test_what_our_own_list_says_is_read_back():
    written = write("Titre", [Outline("R&D « été »", "https://a.example/f?x=1&y=2", "https://a.example/", "fr")])

    assert read_opml(written) == (Subscription("https://a.example/f?x=1&y=2", "R&D « été »", (), "fr"),)


def test_folders_and_categories_are_terms_in_the_order_of_the_document():
    listed = opml(
        '<outline text="École"><outline text="Labos"><outline text="Un" xmlUrl="https://a.example/"'
        ' category="/Doctorat/Thèses,Prix"/></outline><outline text="Deux" xmlUrl="https://b.example/"/></outline>'
        '<outline text="Trois" xmlUrl="https://c.example/"/>'
    )

    assert [(each.name, each.terms) for each in read_opml(listed)] == [
        ("Un", ("École", "Labos", "Doctorat", "Thèses", "Prix")),
        ("Deux", ("École",)),
        ("Trois", ()),
    ]


def test_attributes_are_found_however_they_are_cased():
    assert read_opml(opml('<outline TEXT="Un" xmlURL="https://a.example/"/>'))[0].url == "https://a.example/"


def test_bare_ampersands_and_html_entities_are_read():
    listed = opml('<outline text="R&D &eacute;t&eacute; &amp; co" xmlUrl="https://a.example/?a=1&b=2&copy=3"/>')

    assert read_opml(listed)[0] == Subscription("https://a.example/?a=1&b=2&copy=3", "R&D été & co")


def test_outlines_that_stand_without_a_body_are_read():
    assert read_opml(b'<opml><outline text="Un" xmlUrl="https://a.example/"/></opml>')[0].name == "Un"


def test_the_encoding_the_document_names_is_read():
    listed = '<?xml version="1.0" encoding="ISO-8859-1"?><opml><body><outline text="École" xmlUrl="u"/></body></opml>'

    assert read_opml(listed.encode("latin-1"))[0].name == "École"


def test_a_document_of_another_kind_is_named():
    assert key_of(b"<html><body>Bonjour</body></html>") == "import.opml.not_opml"
    assert key_of(b"") == "import.opml.not_opml"
    assert key_of(b"<rss><channel><title>&lt;opml</title></channel></rss>") == "import.opml.not_opml"
    assert key_of(b"<a><opml/></a>") == "import.opml.not_opml"


def test_a_malformed_list_is_refused_with_its_line():
    with pytest.raises(NotUnderstood) as caught:
        read_opml(b"<opml>\n<body>\n<outline></body></opml>")

    assert (caught.value.key, caught.value.message_args) == ("import.opml.malformed", {"line": 3})


def test_a_list_that_declares_entities_is_refused_unread():
    bomb = '<!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><opml><body/></opml>'

    assert key_of(bomb.encode()) == "import.opml.entities"
    assert key_of(b"\xff\xfe" + bomb.encode("utf-16-le")) == "import.opml.entities"


def test_a_list_without_end_is_refused():
    assert len(read_opml(opml('<outline xmlUrl="u"/>' * MOST_OUTLINES))) == MOST_OUTLINES
    assert key_of(opml('<outline xmlUrl="u"/>' * (MOST_OUTLINES + 1))) == "import.opml.too_long"


def test_a_list_of_any_depth_is_read_or_refused():
    for depth in (100, 4000):
        try:
            read_opml(opml('<outline text="d">' * depth + '<outline xmlUrl="u"/>' + "</outline>" * depth))
        except NotUnderstood as refused:
            assert (refused.key, depth) == ("import.opml.malformed", 4000)


@given(st.text(), st.binary())
def test_whatever_comes_is_read_or_refused(text, raw):
    for body in (raw, text.encode("utf-8", "replace"), opml(text), b"<opml>" + raw):
        with suppress(NotUnderstood):
            assert all(each.url for each in read_opml(body))


@given(st.text())
def test_whatever_an_attribute_says_comes_out_on_one_line(text):
    quoted = text.replace("<", "&lt;").replace('"', "&quot;").encode("utf-8", "replace")
    body = b'<opml><body><outline text="' + quoted + b'" xmlUrl="u"/></body></opml>'
    try:
        (read,) = read_opml(body)
    except NotUnderstood as refused:
        assert refused.key in ("import.opml.malformed", "import.opml.entities")
    else:
        assert "\n" not in read.name
