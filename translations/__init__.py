"""Every sentence people read, in French and in English: ``fr/*.po`` and ``en/*.po``, keyed by message key.

The catalogues are read where they stand, so there is nothing to compile and nothing stale. Messages hold
``{placeholders}``; plural messages have one form per plural of the language (as Unicode CLDR has them).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from translations.catalogue import Messages, read_catalogue

LANGUAGES = ("fr", "en")
_FOLDER = Path(__file__).parent
_PLURAL: dict[str, Callable[[int], bool]] = {"fr": lambda n: n > 1, "en": lambda n: n != 1}


def catalogues(language: str) -> list[Path]:
    """The catalogue files of ``language``, in a fixed order."""
    return sorted((_FOLDER / language).glob("*.po"))


class Translator:
    """Messages in one language. An unknown key comes back as itself, so that nothing breaks where one is missing."""

    def __init__(self, language: str, messages: Mapping[str, tuple[str, ...]]) -> None:
        self.language = language
        self._messages = messages
        self._plural = _PLURAL[language]

    def __call__(self, key: str, /, **args: object) -> str:
        """The message ``key`` with its placeholders filled."""
        return self._messages.get(key, (key,))[0].format_map(_Lenient(args))

    def count(self, key: str, n: int, /, **args: object) -> str:
        """The plural message ``key`` for ``n`` things; ``{n}`` among the placeholders."""
        forms = self._messages.get(key, (key,))
        return forms[-1 if self._plural(n) else 0].format_map(_Lenient(args | {"n": n}))

    def has(self, key: str) -> bool:
        """Whether there is a message ``key``."""
        return key in self._messages


class _Lenient(dict[str, object]):
    """A missing placeholder stays visible instead of hiding the sentence behind an error."""

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"


@cache
def translator(language: str) -> Translator:
    """The translator of ``language``; French for a language we do not have."""
    known = language if language in LANGUAGES else "fr"
    messages: Messages = {}
    for path in catalogues(known):
        messages |= read_catalogue(path)
    return Translator(known, messages)
