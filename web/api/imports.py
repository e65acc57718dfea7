"""Imports: a list of feeds, a list of addresses, or items; as ``depeche import`` does, from the body of the request.

They are stored some hundreds at a time ahead of the turn in which the answer is kept: what fails on the way can be sent
again, since what is there already stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from desk.importing.imports import Given, Report
from desk.importing.items import import_json
from desk.importing.sources import MOST_BYTES, import_opml, import_urls
from news.errors import InvalidInput, NotUnderstood
from news.users import Action
from web.api.routes import Answer, Asked, Before, Shape, call
from web.api.schema import YES
from web.context import words

# Greater ones are for the shell: a web server reads a document whole, and answers others meanwhile.
MOST_JSON = 15_000_000
_DRY: dict[str, Shape] = {"dry_run": YES | {"default": False}}


def _with(bring: Callable[..., Report]) -> Before:
    def imported(asked: Asked) -> Asked:
        given = Given(asked.raw, content_type=asked.media)
        try:
            return replace(asked, done=bring(asked.desk, given, asked.user, dry_run=asked.dry))
        except NotUnderstood as error:
            # Here it is the program's own document, and no source that failed.
            raise InvalidInput(error.key, **error.message_args) from error

    return imported


def _told(asked: Asked) -> Answer:
    report = asked.done
    assert isinstance(report, Report)
    told = [(remark, True) for remark in report.refused] + [(remark, False) for remark in report.notes]
    return Answer({
        "dry_run": asked.dry, "added": report.added, "already_there": report.there,
        "not_understood": len(report.refused),
        "problems": [
            {
                "about": remark.about, "detail": words()(remark.error.key, **remark.error.message_args),
                "code": remark.error.key, "refused": refused,
            }
            for remark, refused in told
        ],
    })  # fmt: skip


@call(
    "POST", "/imports/opml", Action.SOURCES, "imports", "Add the feeds of a list (OPML) as sources", answer="Import",
    binary=("text/x-opml", "text/xml", "application/xml"), most=lambda _: MOST_BYTES, query=_DRY, writes=True,
    before=_with(import_opml),
)  # fmt: skip
def import_a_list_of_feeds(asked: Asked) -> Answer:
    """A feed that is a source already stays as it is."""
    return _told(asked)


@call(
    "POST", "/imports/urls", Action.SOURCES, "imports", "Add the addresses of a plain list as sources", answer="Import",
    binary=("text/plain",), most=lambda _: MOST_BYTES, query=_DRY, writes=True, before=_with(import_urls),
)  # fmt: skip
def import_a_list_of_addresses(asked: Asked) -> Answer:
    """An address that is a source already stays as it is."""
    return _told(asked)


@call(
    "POST", "/imports/items", Action.EDIT_ANY, "imports", "Add the items of an archive of ours, or of a JSON Feed",
    answer="Import", binary=("application/json", "application/feed+json"), most=lambda _: MOST_JSON, query=_DRY,
    writes=True, before=_with(import_json),
)  # fmt: skip
def import_items(asked: Asked) -> Answer:
    """Items that are here already stay as they are."""
    return _told(asked)
