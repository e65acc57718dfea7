"""HTML as programs write it into feeds, made what a person would have written: before it is cleaned, and after.

Every expression here reads a stranger's text: bounded, and with one way to match.
"""

from __future__ import annotations

import html
import re

# What WordPress puts below each entry of its feeds; it speaks of the feed, not of the news.
_FOOTER = re.compile(
    r"<p>\s*(?:The post|L(?:’|'|&#8217;|&rsquo;)article|Cet article)\s(?:(?!</p>).){1,1500}"
    r"(?:appeared first on|first appeared on|est apparu en premier sur)\s(?:(?!</p>).){1,800}</p>\s*$",
    re.DOTALL,
)
# What SPIP puts below: a dash, and links to where the article is filed.
_FILED = re.compile(r"\s-\s{1,20}<a\s[^<>]{0,2000}\brel=[\"']directory[\"'][^<>]{0,500}>[^<>]{0,300}</a>\s*$")
# What Drupal's views put above: the title, who typed it and when, each of which the feed says elsewhere.
_FIELD = re.compile(
    r"\s{0,50}<span\s[^<>]{0,300}\bfield--name-(?:title|uid|created)\b[^<>]{0,500}>"
    r"(?:[^<>]|<(?!span\b|/span>)[^<>]{0,500}>|<span\b[^<>]{0,500}>[^<>]{0,300}</span>){0,500}</span>"
)
_ONWARD = re.compile(
    r"<[aA]\s[^<>]{0,2000}>\s{0,20}(?i:Lire (?:la suite|plus|l(?:’|'|&#8217;|&rsquo;)article)|En savoir plus|Voir plus|"
    r"Read more|Continue reading|Learn more)\b(?:(?!</?a\b).){0,400}</a>"
    r"(?=(?:\s|</(?:p|div|span)>|<br ?/?>|&nbsp;|&raquo;|&rarr;|[.…»›→]){0,40}$)",
    re.DOTALL,
)
_END = 300
# WordPress's own, and those of page builders, where nothing reads them. Other words in brackets are the author's.
_SHORTCODE = re.compile(
    r"\[/?(?:caption|gallery|embed|(?:vc|et_pb|fusion|av|cs|mk|tatsu|nectar|su|ux|porto)_\w{1,40})(?:\s[^\[\]]{0,2000})?/?\]"
)
_TAGS = (
    "a|abbr|article|b|blockquote|body|br|center|cite|code|dd|del|div|dl|dt|em|figcaption|figure|font|h[1-6]|hr|html|i|"
    "iframe|img|ins|li|main|o:p|ol|p|picture|pre|q|s|script|section|small|span|strong|style|sub|sup|svg|table|tbody|td|"
    "th|thead|time|tr|u|ul|video"
)
_A_TAG = re.compile(rf"</?(?:{_TAGS})(?=[\s/>])|</[a-z][\w:-]*>|<!|/>", re.IGNORECASE)
_WHOLE = re.compile(rf"\s{{0,50}}<({_TAGS})(?:\s[^<>]{{0,2000}})?>", re.IGNORECASE)
_IMG = re.compile(r"<[iI][mM][gG]\b([^<>]{0,4000})>")
_ATTRIBUTE = re.compile(r"""([\w-]{1,40})\s{0,5}=\s{0,5}(?:"([^"<>]*)"|'([^'<>]*)')""")
_LAZY = ("data-src", "data-lazy-src", "data-original", "srcset", "data-srcset", "data-lazy-srcset")
# As the sanitiser writes them.
_UNSEEN = re.compile(r'<img(?! [^<>]*?\bsrc=")[^<>]*>|<img(?=[^<>]* width="[012]")(?=[^<>]* height="[012]")[^<>]*>')


def mended(markup: str) -> str:
    """``markup`` (HTML of a feed) as it was meant: read once more where it was escaped twice, its ``<`` a sign where
    there are no tags, its pictures where they are, and without what a program adds to every entry."""
    text = _SHORTCODE.sub("", markup).strip() if "[" in markup else markup.strip()
    if "<" not in text:
        again = html.unescape(text) if "&lt;" in text else ""
        if not is_markup(again):
            return text
        text = again.strip()
    elif not _A_TAG.search(text):
        return text.replace("<", "&lt;")
    text = _FOOTER.sub("", text)
    if "</a>" in text[-_END:]:
        text = _ONWARD.sub("", text)
    if "directory" in text:
        text = _FILED.sub("", text)
    if "field--name-" in text:
        text = _without_fields(text)
    return _IMG.sub(_picture, text)


def is_markup(text: str) -> bool:
    """Whether ``text`` is HTML from its beginning: a tag that is known stands first, and ends."""
    found = _WHOLE.match(text)
    return found is not None and (found[1].lower() in ("br", "img", "hr") or f"</{found[1]}>" in text)


def without_unseen(cleaned: str) -> str:
    """``cleaned`` (as the sanitiser writes it) without pictures that nobody sees: those that lead nowhere, and dots
    that count readers."""
    return _UNSEEN.sub("", cleaned) if "<img" in cleaned else cleaned


def _without_fields(text: str) -> str:
    for _ in range(3):
        found = _FIELD.match(text)
        if found is None:
            break
        text = text[found.end() :]
    return text


def _picture(found: re.Match[str]) -> str:
    """A picture at the address it has before scripts run; what stands for a sign is that sign."""
    said = {name.lower(): double or single for name, double, single in _ATTRIBUTE.findall(found[1])}
    if {"wp-smiley", "emoji"} & set(said.get("class", "").split()):
        return str(said.get("alt", ""))
    shown = said.get("src", "").strip()
    if shown and not shown.lower().startswith("data:"):
        return found[0]
    later: str = next((said[name].split()[0] for name in _LAZY if said.get(name, "").strip()), "")
    # Of two attributes of one name the first counts (HTML Standard §13.2.5.33).
    return f'<img src="{later.rstrip(",")}"{found[1]}>' if later else str(found[0])
