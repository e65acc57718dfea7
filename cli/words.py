"""The language of the person at the keyboard."""

from __future__ import annotations

import os
from collections.abc import Mapping

from news.errors import DepecheError, InvalidFields, InvalidInput
from translations import LANGUAGES, Translator, translator

_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")


def language(environ: Mapping[str, str]) -> str:
    """``fr`` or ``en``: what the locale asks for, else the newsroom's language.

    The first of LC_ALL, LC_MESSAGES and LANG that is set counts (POSIX.1-2017, XBD §8.2).
    """
    locale = next((environ[name] for name in _LOCALE if environ.get(name)), "")
    asked = locale[:2].lower()
    return asked if asked in LANGUAGES else _newsrooms(environ)


def _newsrooms(environ: Mapping[str, str]) -> str:
    from desk.settings import load_settings

    try:
        return load_settings(environ).language
    except InvalidInput:
        # Some setting is wrong, and the sentence that says so is about to be told.
        asked = environ.get("DEPECHE_LANGUAGE", "")
        return asked if asked in LANGUAGES else LANGUAGES[0]


def words() -> Translator:
    """The translator for whoever runs this command."""
    return translator(language(os.environ))


def say(key: str, /, **args: object) -> str:
    """The message ``key`` in the person's language."""
    return words()(key, **args)


def message_of(error: DepecheError) -> str:
    """What ``error`` says, in one line; a form's errors one after the other."""
    if isinstance(error, InvalidFields):
        return " ".join(message_of(one) for one in error.fields.values())
    return say(error.key, **error.message_args)
