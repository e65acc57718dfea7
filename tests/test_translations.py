"""Every text is someone's: French and English say the same, of everything the code says, in their own typography."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from translations import LANGUAGES, catalogues, translator
from translations.catalogue import read_catalogue

ROOT = Path(__file__).parent.parent
PACKAGES = ("news", "storage", "net", "sources", "feeds", "desk", "web", "cli")
KEY = re.compile(r"[a-z]+(?:\.[a-z0-9_/]+)+")
QUOTED = re.compile(r"""(["'])([a-z]+\.[a-z0-9_./]*)\1(\s*~)?""")
NARROW, WIDE = "\u202f", "\u00a0"
SAYING = re.compile(
    r"InvalidInput|NotFound|Gone|NotAllowed|Conflict|TooMany|FetchFailed|MailFailed|NotUnderstood|Store(?:Failed|Missing|TooNew|Full)"
    r"|Problem|t|tn|say|(?:t|words\(\)|translator\(.*\))(?:\.count|\.has)?"
)
SAID_IN_TEMPLATE = r"""\bt[n]?\(\s*(["'])((?:(?!\1).)*)\1(\s*~)?"""


@cache
def messages(language: str) -> dict[str, Message]:
    found: dict[str, Message] = {}
    for path in catalogues(language):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id:
                    key = message.id[0] if isinstance(message.id, tuple) else message.id
                    assert key not in found, f"{key} stands twice, the second time in {path.name}"
                    found[key] = message
    return found


def forms(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, tuple | list) else (message.string,)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def every_form() -> Iterator[tuple[str, str, str]]:
    for language in LANGUAGES:
        for key, message in messages(language).items():
            yield from ((language, key, form) for form in forms(message))


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogues_are_read_as_a_whole_reader_of_the_format_reads_them(language):
    ours = {key: said for path in catalogues(language) for key, said in read_catalogue(path).items()}
    assert ours == {key: forms(message) for key, message in messages(language).items()}


def test_a_catalogue_as_a_translators_tool_writes_it_is_read(tmp_path):
    catalogue = tmp_path / "tool.po"
    catalogue.write_text(
        'msgid ""\nmsgstr ""\n"Language: fr\\n"\n\n# For translators.\n#: web/page.py:3\nmsgid "page.words"\n'
        'msgstr ""\n"Un \\"mot\\",\\n"\n"un \\\\ \\t autre"\n\n#~ msgid "gone"\n#~ msgstr "parti"\n\n'
        'msgid ""\n"page."\n"count"\nmsgid_plural ""\n"page.count"\n'
        'msgstr[0] "{n} mot"\nmsgstr[1] ""\n"{n} "\n"mots"\n',
        encoding="utf-8",
    )
    assert read_catalogue(catalogue) == {
        "page.words": ('Un "mot",\nun \\ \t autre',),
        "page.count": ("{n} mot", "{n} mots"),
    }


@pytest.mark.parametrize("line", ['msgctxt "here"', 'msgstr "open', 'msgstr "a"b"', r'msgstr "\q"', "loose"])
def test_a_line_that_is_not_understood_is_named(tmp_path, line):
    catalogue = tmp_path / "broken.po"
    catalogue.write_text(f'msgid "page.words"\n{line}\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"broken\.po, line 2"):
        read_catalogue(catalogue)


def test_both_languages_have_the_same_messages():
    french, english = messages("fr").keys(), messages("en").keys()
    assert (french - english, english - french) == (set(), set())


def test_both_languages_keep_a_message_in_the_same_catalogue():
    assert [path.name for path in catalogues("fr")] == [path.name for path in catalogues("en")]


def test_no_message_is_empty_or_unfinished():
    assert [(language, key) for language, key, form in every_form() if not form.strip() and form != " "] == []
    assert [key for language in LANGUAGES for key, message in messages(language).items() if message.fuzzy] == []


def test_both_languages_fill_the_same_placeholders():
    wrong = []
    for key, french in messages("fr").items():
        said = [{*placeholders(form)} - {"n"} for form in (*forms(french), *forms(messages("en")[key]))]
        wrong += [key] * any(each != said[0] for each in said)
    assert wrong == []


def test_a_single_message_counts_in_both_languages_or_in_none():
    wrong = [
        k for k in messages("fr") if ("{n}" in forms(messages("fr")[k])[0]) != ("{n}" in forms(messages("en")[k])[0])
    ]
    assert [key for key in wrong if not isinstance(messages("fr")[key].id, tuple)] == []


def test_plural_messages_have_both_forms_in_both_languages():
    for key, french in messages("fr").items():
        english = messages("en")[key]
        assert isinstance(french.id, tuple) == isinstance(english.id, tuple), key
        if isinstance(french.id, tuple):
            assert len(forms(french)) == len(forms(english)) == 2, key


@pytest.mark.parametrize(("language", "none"), [("fr", 0), ("en", 1)])
def test_nothing_is_counted_as_each_language_does(language, none):
    counted = next(key for key, message in messages(language).items() if isinstance(message.id, tuple))
    said = forms(messages(language)[counted])
    arguments = dict.fromkeys(placeholders("".join(said)) - {"n"}, "x")
    count = translator(language).count
    assert count(counted, 0, **arguments) == said[none].format(n=0, **arguments)
    assert count(counted, 1, **arguments) == said[0].format(n=1, **arguments)
    assert count(counted, 2, **arguments) == said[1].format(n=2, **arguments)


def test_keys_are_words_joined_by_dots():
    assert [key for key in messages("fr") if not KEY.fullmatch(key)] == []


@cache
def spoken() -> tuple[dict[str, str], dict[str, str]]:
    """Keys that stand whole in the code, and patterns of keys that are put together; each with where."""
    whole: dict[str, str] = {}
    made: dict[str, str] = {}
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            where = str(path.relative_to(ROOT))
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.JoinedStr):
                    made[pattern_of(node)] = where
                elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                    whole.setdefault(node.value, where)
    for path in (ROOT / "templates").rglob("*.html"):
        where = str(path.relative_to(ROOT))
        for _, text, goes_on in QUOTED.findall(path.read_text(encoding="utf-8")):
            if goes_on:
                made[re.escape(text) + ".+"] = where
            else:
                whole.setdefault(text, where)
    return whole, {pattern: where for pattern, where in made.items() if re.match(r"[a-z]+\\\.", pattern)}


def pattern_of(node: ast.JoinedStr) -> str:
    parts = (re.escape(part.value) if isinstance(part, ast.Constant) else ".+" for part in node.values)
    return "".join(map(str, parts))


def said() -> Iterator[tuple[str, ast.expr]]:
    """What is handed to an error or to a translator, with where."""
    for path in (path for package in PACKAGES for path in (ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and SAYING.fullmatch(ast.unparse(node.func)):
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node.args[0]


def test_every_message_the_code_says_exists():
    whole = {where: key.value for where, key in said() if isinstance(key, ast.Constant) and isinstance(key.value, str)}
    assert len(whole) > 150
    assert {where: key for where, key in whole.items() if key not in messages("fr")} == {}


def test_every_message_the_code_puts_together_can_exist():
    made = {where: pattern_of(key) for where, key in said() if isinstance(key, ast.JoinedStr)}
    known = messages("fr")
    assert made
    assert {w: pattern for w, pattern in made.items() if not any(re.fullmatch(pattern, key) for key in known)} == {}


def test_every_message_a_template_says_exists():
    missing = set()
    for path in (ROOT / "templates").rglob("*.html"):
        for _, text, goes_on in re.findall(SAID_IN_TEMPLATE, path.read_text(encoding="utf-8")):
            known = [key for key in messages("fr") if (key.startswith(text) if goes_on else key == text)]
            missing |= set() if known else {(str(path.relative_to(ROOT)), text)}
    assert missing == set()


def test_every_message_is_said_somewhere():
    whole, made = spoken()
    wide = {pattern for pattern in made if re.fullmatch(r"[a-z]+\\\.\.\+", pattern)}
    patterns = re.compile("|".join(made.keys() - wide))
    # A whole subject before another message's key: ``staff.`` and the key of an error that staff read in other words.
    another = {f"{pattern[:-4]}.{key}" for pattern in wide for key in messages("fr")}
    said_so = {key for key in messages("fr") if key in whole or key in another or patterns.fullmatch(key)}
    assert messages("fr").keys() - said_so == set()


def test_french_spaces_do_not_break():
    wrong = []
    for language, key, form in every_form():
        text = re.sub(r"https?://\S*|\?\w+=", "", form)
        if language == "fr" and (
            re.search(r" [:;!?»]|« ", text) or re.search(r"«(?![\u00a0\u202f])|(?<![\u00a0\u202f])»", text)
        ):
            wrong.append((key, form))
    assert wrong == []


def test_french_puts_a_space_before_high_punctuation():
    high = re.compile(rf"\w[!?;]|[a-zà-ÿ]:(?=[{NARROW}{WIDE} ]|$)")
    code = re.compile(r"https?://\S*|\{\w+\}|\?\w+=\S*|--\S+")
    wrong = [(k, form) for language, k, form in every_form() if language == "fr" and high.search(code.sub("", form))]
    assert wrong == []


def test_apostrophes_and_ellipses_are_typographic():
    straight = re.compile(r"\w'\w|\.\.\.(?!\])")
    assert [(language, key, form) for language, key, form in every_form() if straight.search(form)] == []


def test_sentences_can_be_filled():
    for language, key, form in every_form():
        arguments = dict.fromkeys(placeholders(form), "x")
        assert "{" not in form.format(**arguments), (language, key)
