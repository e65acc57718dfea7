import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.charset import decode

WORD = "Élèves, Œuvre"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (WORD.encode(), None),
        (WORD.encode(), "text/html; charset=utf-8"),
        (WORD.encode("cp1252"), None),
        (WORD.encode("cp1252"), "text/html; charset=ISO-8859-1"),
        (WORD.encode("cp1252"), "text/html; charset=us-ascii"),
        (b"\xef\xbb\xbf" + WORD.encode(), "text/html; charset=latin1"),
        (b"\xff\xfe" + WORD.encode("utf-16-le"), None),
        (WORD.encode("utf-16-be"), 'text/html; charset="utf-16be"'),
        (WORD.encode(), "text/html; charset=nonsense"),
        (WORD.encode(), "text/html; charset=hex"),
        (WORD.encode("cp1252"), "text/html; charset=utf-8"),
        (WORD.encode("iso8859-15"), "text/html; charset=iso-8859-15"),
    ],
)
def test_the_text_is_read_whatever_its_charset(body, content_type):
    assert decode(body, content_type) == WORD


def test_http_has_the_word_before_the_document():
    assert "é" in decode(b'<meta charset="utf-8">\xe9', "text/html; charset=windows-1252")


def test_the_document_has_the_word_before_a_guess():
    assert decode('<?xml version="1.0" encoding="koi8-r"?>Москва'.encode("koi8-r"), None).endswith("Москва")


def test_a_few_bad_bytes_do_not_spoil_a_document():
    assert decode("été ".encode() * 50 + b"\xe9", None).startswith("été été")


@given(st.binary(max_size=200), st.none() | st.text(max_size=60))
def test_no_bytes_and_no_header_break_it(body, content_type):
    assert isinstance(decode(body, content_type), str)


def test_a_western_default_does_not_garble_utf_8():
    assert decode(WORD.encode(), "text/xml; charset=iso-8859-1") == WORD
