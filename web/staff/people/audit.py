"""The audit log as a page: read by admins, changed by nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import render_template, request, url_for

from desk.accounts.audit import KINDS, Audit, audit
from news.accounts import Access
from news.items import Change
from news.users import Action
from web.context import current_desk, words
from web.staff.access import needs, staff
from web.staff.history_lines import deed
from web.staff.person_names import actor_name, person_name

# What the order of the categories is kept as: of none of them, of all.
ALL = "order"


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is read: when, who, what, of what (with the address of its page), and more."""

    at: datetime
    who: str
    what: str
    about: str
    link: str | None
    more: str
    warn: bool = False


@staff.get("/audit")
@needs(Action.AUDIT)
def audit_log() -> str:
    """The log, newest first, filtered by kind and person."""
    kind, person = request.args.get("kind", ""), request.args.get("person", "")
    before = _moment(request.args.get("before", ""))
    page = audit(current_desk(), kind=kind, person=person, before=before, language=words().language)
    return render_template(
        "staff/audit.html",
        lines=[_line(line, page) for line in page.lines],
        kinds=KINDS,
        people=page.people.values(),
        kind=kind,
        person=person,
        older=int(page.older.timestamp()) if page.older else None,
    )


def _line(line: Access | Change, page: Audit) -> Line:
    people = page.people
    if isinstance(line, Access):
        user = people.get(line.user_id or "")
        who = person_name(user) if user else words()("audit.nobody")
        warn = "refused" in line.kind
        return Line(line.at, who, _said("door", line.kind), "", None, line.address, warn)
    user = people.get(line.object_id) if line.object_kind == "user" else None
    about = person_name(user) if user else _named(line, page)
    verb, _, reason = line.action.partition(": ")
    who, own = actor_name(line.actor, people), line.actor == f"user:{line.object_id}"
    what, about = (_said("own", verb), "") if own else (_what(line, verb), about)
    return Line(line.at, who, what, about, _link(line), reason or _more(line))


def _link(change: Change) -> str | None:
    match change.object_kind:
        case "item":
            return url_for("staff.item", item_id=change.object_id)
        case "source":
            return url_for("staff.source", source_id=change.object_id)
        case "webhook" if change.action != "removed":
            return url_for("staff.webhook", webhook_id=change.object_id)
        case "user":
            return url_for("staff.person_page", user_id=change.object_id)
    return None


def _named(change: Change, page: Audit) -> str:
    if change.object_id == ALL:
        return ""
    named = _title(change) or page.names.get(change.object_id) or words()(f"audit.kind.{change.object_kind}")
    return str(named)


def _what(change: Change, verb: str) -> str:
    return deed(change) if change.object_kind == "item" else _said(change.object_kind, verb)


def _said(kind: str, verb: str) -> str:
    """What was done, in words; the program's own word for what has none yet."""
    name = verb.replace(" ", "_").replace("'", "")
    for key in (f"audit.{kind}.{name}", f"staff.history.{name}"):
        if words().has(key):
            return words()(key)
    return verb


def _title(change: Change) -> object:
    for name in ("title", f"name_{words().language}", "name_fr", "name"):
        said = change.data.get(name)
        if isinstance(said, dict) and said.get("to"):
            return said["to"]
        if isinstance(said, str) and change.object_kind != "user":
            return said
    return None


def _more(change: Change) -> str:
    if change.object_kind != "user":
        return ""
    role, parts = change.data.get("role"), list[str]()
    if isinstance(role, dict):
        before, after = (words()(f"staff.role.{role[name]}") for name in ("from", "to"))
        parts.append(f"{before} → {after}")
    elif isinstance(role, str) and change.action in ("added", "token added"):
        parts.append(words()(f"staff.role.{role}"))
    parts += [str(change.data[name]) for name in ("name", "token") if name in change.data]
    return ", ".join(parts)


def _moment(text: str) -> datetime | None:
    if not (text.isascii() and text.isdecimal() and len(text) <= 11):
        return None
    return datetime.fromtimestamp(int(text), UTC)
