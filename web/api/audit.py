"""The audit log, for admins: who came in or tried to, and what was done. It is read, and changed by nobody."""

from __future__ import annotations

from datetime import UTC, datetime

from desk.accounts.audit import KINDS, Audit, audit
from news.accounts import Access
from news.days import rfc3339
from news.errors import BadQuery, InvalidInput
from news.items import Change
from news.users import Action
from web.api.cursors import read_cursor, written_cursor
from web.api.routes import Answer, Asked, Shape, call
from web.api.schema import TEXT

_QUERY: dict[str, Shape] = {
    "kind": {"type": "string", "enum": list(KINDS), "description": "Of what; all but items unless said."},
    "person": TEXT | {"maxLength": 80, "description": "By whom, or to whose account: a person’s id."},
    "cursor": TEXT | {"minLength": 1, "maxLength": 200},
}
_LATEST = 253402300799


@call(
    "GET", "/audit", Action.AUDIT, "audit", "What was done, newest first", answer="LogLineList", query=_QUERY,
    paged=True,
)  # fmt: skip
def audit_lines(asked: Asked) -> Answer:
    """Fifty lines, or some more where they fell into one second."""
    kind, person = asked.asked("kind") or "", asked.asked("person") or ""
    page = audit(asked.desk, kind=kind, person=person, before=_before(asked))
    return Answer([_line(each) for each in page.lines], following=_following(page))


def _line(line: Access | Change) -> dict[str, object]:
    if isinstance(line, Access):
        actor = f"user:{line.user_id}" if line.user_id else None
        return {
            "at": rfc3339(line.at), "actor": actor, "action": line.kind, "kind": "door", "id": None, "changed": {},
            "address": line.address,
        }  # fmt: skip
    return {
        "at": rfc3339(line.at), "actor": line.actor, "action": line.action, "kind": line.object_kind,
        "id": line.object_id, "changed": line.data, "address": None,
    }  # fmt: skip


def _before(asked: Asked) -> datetime | None:
    given = asked.asked("cursor")
    if given is None:
        return None
    at = read_cursor(given)
    if type(at) is int and 0 <= at <= _LATEST:
        return datetime.fromtimestamp(at, UTC)
    raise BadQuery({"cursor": InvalidInput("api.cursor")})


def _following(page: Audit) -> str | None:
    return written_cursor(int(page.older.timestamp())) if page.older else None
