"""Every sentence people read, in French and in English: ``fr/*.po`` and ``en/*.po``, keyed by message key.

The catalogues are read where they stand, so there is nothing to compile and nothing stale. Messages hold
``{placeholders}``; plural messages have one form per plural of the language (Babel's rules).
"""

from __future__ import annotations

import io
from functools import cache
from gettext import GNUTranslations
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = ("fr", "en")
_FOLDER = Path(__file__).parent


def catalogues(language: str) -> list[Path]:
    """The catalogue files of ``language``, in a fixed order."""
    return sorted((_FOLDER / language).glob("*.po"))


class Translator:
    """Messages in one language. An unknown key comes back as itself, so that nothing breaks where one is missing."""

    def __init__(self, language: str, messages: GNUTranslations) -> None:
        self.language = language
        self._messages = messages

    def __call__(self, key: str, /, **args: object) -> str:
        """The message ``key`` with its placeholders filled."""
        return self._messages.gettext(key).format_map(_Lenient(args))

    def count(self, key: str, n: int, /, **args: object) -> str:
        """The plural message ``key`` for ``n`` things; ``{n}`` among the placeholders."""
        return self._messages.ngettext(key, key, n).format_map(_Lenient(args | {"n": n}))

    def has(self, key: str) -> bool:
        """Whether there is a message ``key``."""
        return self._messages.gettext(key) != key


class _Lenient(dict[str, object]):
    """A missing placeholder stays visible instead of hiding the sentence behind an error."""

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"


@cache
def translator(language: str) -> Translator:
    """The translator of ``language``; French for a language we do not have."""
    known = language if language in LANGUAGES else "fr"
    merged = Catalog(locale=known)
    for path in catalogues(known):
        with path.open("rb") as file:
            for message in read_po(file, locale=known):
                if message.id:
                    merged.add(message.id, message.string)
    compiled = io.BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return Translator(known, GNUTranslations(compiled))
