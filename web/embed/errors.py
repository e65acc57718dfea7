"""What the address of a block answers when there is no block.

It stands on a partner's page all the same, in a frame or included: the visitor gets a link to all news and nothing
else, whoever keeps the page a sentence that says why (in the source, and where there is a script, in its console).
"""

from __future__ import annotations

import json

from flask import Response, current_app, render_template, request

from desk.publishing.feed import page_of
from desk.publishing.frame_ancestors import ANYBODY
from news.errors import DepecheError
from news.selections import LANGUAGES, Selection
from web.answers.conditional import A_MINUTE
from web.answers.reply import NO_ACTIVE_CONTENT
from web.context import current_desk, words
from web.embed.kinds import Kind, kind_of
from web.embed.style import HEIGHT_SCRIPT, page_policy, page_style
from web.errors import retry_after, sentence_for, status_of
from web.language import speak
from web.problems import TYPE

_LASTING = (400, 404, 410)


def no_block(error: DepecheError) -> Response:
    """``error`` in the form that was asked for, in the language the address names or else the newsroom's."""
    name, kind = kind_of(request.path.rpartition("/")[2])
    _, dot, tongue = name.rpartition(".")
    named = tongue[:2] if dot and tongue[:2] in LANGUAGES else None
    speak(named or current_desk().settings.language)
    status = status_of(error)
    response = _written(kind, status, sentence_for(error, status), page_of(current_desk(), Selection(language=named)))
    response.headers["Cache-Control"] = A_MINUTE if status in _LASTING else "no-store"
    response.headers.update(retry_after(error))
    return response


def _written(kind: Kind, status: int, sentence: str, more: str) -> Response:
    """``sentence`` may hold what strangers wrote into the address: it is text, or escaped, or a member of JSON."""
    if kind.name == "json":
        said = {"type": "about:blank", "title": words()("embed.none"), "status": status, "detail": sentence}
        return Response(json.dumps(said), status, content_type=TYPE, headers=NO_ACTIVE_CONTENT)
    if kind.name == "text":
        lines = f"{sentence}\n\n{words()('embed.more')}\n{more}\n"
        return Response(lines, status, content_type=kind.content_type, headers=NO_ACTIVE_CONTENT)
    style = page_style(current_app, ("", "", "")) if kind.framed else ""
    markup = render_template(
        "embed/none.html", sentence=sentence, more=more, style=style, height_script=HEIGHT_SCRIPT, framed=kind.framed
    )
    policy = page_policy(style, ANYBODY, current_desk().settings.base_url) if kind.framed else NO_ACTIVE_CONTENT
    return Response(markup, status, content_type=kind.content_type, headers=policy)
