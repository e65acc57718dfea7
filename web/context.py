"""What a handler needs of the request it answers: the desk, and words in the reader's language."""

from __future__ import annotations

from typing import cast

from flask import current_app, g

from desk.context import Desk
from translations import Translator, translator


def current_desk() -> Desk:
    """The desk of the application that answers."""
    return cast(Desk, current_app.extensions["desk"])


def words() -> Translator:
    """The translator of the page being made; ``web.language`` decides which."""
    if "words" not in g:
        g.words = translator(current_desk().settings.language)
    return cast(Translator, g.words)
