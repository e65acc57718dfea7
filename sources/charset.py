"""From bytes to text: byte order mark, HTTP, the document's own word, then UTF-8 or windows-1252 (WHATWG Encoding)."""

from __future__ import annotations

import codecs
import re
from email.message import Message

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
# XML 1.0 appendix F.1: a document begins with "<", and so tells of itself how many bytes a character has.
_FIRST = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_DECLARED = re.compile(rb"""<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
_HEAD = 4096
# The Encoding Standard reads these labels as windows-1252, as every browser does.
_WESTERN = {"ascii", "iso8859-1"}
# Python knows codecs that are no charset of a document, and some that are slow on purpose-made bytes.
_CHARSET = re.compile(r"utf-8|utf-16(?:-[lb]e)?|cp(?:125\d|932|949|950|866|874)|iso8859-\d+|koi8-[rut]|mac-\w+|"
                      r"gb\w+|big5\w*|euc\w+|shift_jis\w*|iso2022_jp")  # fmt: skip


def decode(body: bytes, content_type: str | None) -> str:
    """``body`` as text. ``content_type``: the HTTP header, or None. Never fails: what cannot be read becomes U+FFFD."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    for first, name in _FIRST:
        if body.startswith(first):
            return body.decode(name, "replace")
    found = _DECLARED.search(body[:_HEAD])
    declared = found[1].decode("ascii", "replace") if found else None
    for label in (_http_charset(content_type), declared, "utf-8"):
        text = _decoded(body, _known(label))
        if text is not None:
            return text
    return body.decode("cp1252", "replace")


def _http_charset(content_type: str | None) -> str | None:
    if not content_type:
        return None
    header = Message()
    header["content-type"] = content_type[:300].replace("\r", " ").replace("\n", " ")
    charset = header.get_param("charset")
    return charset if isinstance(charset, str) else None


def _known(label: str | None) -> str | None:
    try:
        name = codecs.lookup(label.strip()).name if label and label.isascii() else ""
    except (LookupError, ValueError):
        return None
    if name in _WESTERN:
        return "cp1252"
    return name if _CHARSET.fullmatch(name) else None


def _decoded(body: bytes, charset: str | None) -> str | None:
    """``body`` in ``charset``; None when it clearly is in another. A few bad bytes do not spoil a document."""
    if charset is None or (charset.startswith("utf-16") and b"\0" not in body[:_HEAD]):
        return None  # some programs say so of whatever they write
    if charset == "cp1252" and _is_utf8(body):
        return body.decode("utf-8")  # servers name a Western default for everything; by chance this does not happen
    text = body.decode(charset, "replace")
    bad = text.count("\ufffd")
    if bad and charset == "utf-8":
        foreign = len(text) - len(text.encode("ascii", "ignore"))
        return text if bad * 3 < foreign else None
    return text


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
