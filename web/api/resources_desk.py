"""More shapes: tokens, the audit log, stories, many items at once, partners, imports, the newsroom as a whole."""

from __future__ import annotations

from desk.accounts.tokens import LONGEST_DAYS, LONGEST_NAME
from desk.items.bulk import MOST_AT_ONCE, Verb
from news.partners import MOST_ORIGINS, Standing
from web.api.routes import Shape
from web.api.schema import ASKED_STATUS, COUNT, ID, MAYBE, MAYBE_MOMENT, MOMENT, ROLE, TEXT, YES, asked, of, some, thing

_TOKEN: dict[str, Shape] = {
    "id": ID, "email": TEXT, "name": TEXT, "role": ROLE, "prefix": TEXT, "created": MOMENT, "expires": MOMENT,
    "used": MAYBE_MOMENT, "revoked": MAYBE_MOMENT,
}  # fmt: skip
_VERSION: Shape = {"type": "integer", "minimum": 1, "maximum": 10**9}
_ORIGINS: Shape = {"type": "array", "items": TEXT, "maxItems": MOST_ORIGINS}
_PARTNER: dict[str, Shape] = {
    "name": TEXT, "contact": TEXT, "feed": TEXT | {"description": "The slug of a named feed; empty for none."},
    "origins": _ORIGINS | {"description": "The sites that may frame its blocks; none: any."},
}  # fmt: skip
_CARRIER: Shape = thing({
    "site": TEXT, "kind": TEXT, "selection": TEXT, "form": TEXT, "first_seen": MOMENT, "last_seen": MOMENT,
    "fetches": COUNT,
})  # fmt: skip
_NUMBERS: Shape = thing({
    "selection": TEXT, "title": TEXT, "subscribers": COUNT, "readers": {"type": "array", "items": COUNT},
    "fetches": {"type": "array", "items": COUNT}, "forms": {"type": "object"}, "bots": COUNT,
    "aggregators": {"type": "object"},
})  # fmt: skip

DESK_SHAPES: dict[str, Shape] = {
    "Token": thing(_TOKEN),
    "TokenMade": thing(_TOKEN | {"token": MAYBE}),
    "NewToken": asked(
        {
            "name": TEXT | {"minLength": 1, "maxLength": LONGEST_NAME}, "role": ROLE | {"default": "author"},
            "days": {"type": "integer", "minimum": 1, "maximum": LONGEST_DAYS, "default": 90},
        },
        ("name",),
    ),
    "LogLine": thing({
        "at": MOMENT, "actor": MAYBE | {"description": "user:<id>, or the program’s own word; null for nobody."},
        "action": TEXT, "kind": TEXT, "id": MAYBE, "changed": {"type": "object"}, "address": MAYBE,
    }),
    "Joining": asked({"into": TEXT}, ("into",)),
    "Other": asked({"other": TEXT}, ("other",)),
    "Bulk": asked(
        {
            "items": {"type": "array", "items": TEXT, "minItems": 1, "maxItems": MOST_AT_ONCE},
            "action": {"type": "string", "enum": [each.value for each in Verb]},
            "category": TEXT | {"description": "A slug, to add or remove."}, "reason": TEXT,
        },
        ("items", "action"),
    ),
    "BulkDone": thing({
        "done": {"type": "array", "items": thing({"id": ID, "version": COUNT})}, "same": COUNT,
        "left": {"type": "array", "items": thing({"title": TEXT, "code": TEXT, "detail": TEXT})},
    }),
    "Undo": asked(
        {
            "done": {
                "type": "array", "minItems": 1, "maxItems": MOST_AT_ONCE,
                "items": asked({"id": TEXT, "version": _VERSION}, ("id", "version")),
            },
        },
        ("done",),
    ),
    "Undone": thing({"undone": COUNT}),
    "Partner": thing({
        "id": ID, "key": TEXT, "name": TEXT, "contact": TEXT, "feed": MAYBE, "origins": _ORIGINS, "created": MOMENT,
        "last_seen": MAYBE_MOMENT, "standing": {"type": "string", "enum": list(Standing)},
        "carries": {"type": "array", "items": _CARRIER},
    }),
    "NewPartner": asked(
        _PARTNER | {"selection": TEXT | {"description": "For a new named feed of its own."}}, ("name",)
    ),
    "PartnerChange": asked(_PARTNER, (), 1),
    "SignedOut": thing({"ended": COUNT}),
    "Import": thing({
        "dry_run": YES, "added": COUNT, "already_there": COUNT, "not_understood": COUNT,
        "problems": {"type": "array", "items": thing({"about": TEXT, "detail": TEXT, "code": TEXT, "refused": YES})},
    }),
    "Preview": thing({
        "status": ASKED_STATUS | {"description": "What asking for published would make of it."},
        "block": thing({"title": TEXT, "categories": {"type": "array", "items": TEXT}, "date": TEXT, "excerpt": TEXT}),
        "content_html": TEXT, "feed_html": TEXT | {"description": "As feeds carry it, with its picture."},
        "advice": {"type": "array", "items": thing({"code": TEXT, "field": TEXT, "detail": TEXT})},
        "alike": some("Item") | {"description": "Items that seem to tell the same."},
    }),
    "Planned": thing({"day": {"type": "string", "format": "date"}, "item": of("Item")}),
    "Audience": thing({
        "since": {"type": "string", "format": "date"}, "feeds": {"type": "array", "items": _NUMBERS},
        "blocks": {"type": "array", "items": _NUMBERS}, "sites": {"type": "array", "items": _CARRIER},
    }),
    "Health": thing({
        "problems": {"type": "array", "items": thing({"code": TEXT, "problem": TEXT, "advice": TEXT})},
        "worker_alive": YES, "published": COUNT, "overdue": COUNT, "failing_sources": COUNT,
        "sources": {"type": "object"},
    }),
    "Setting": thing({"name": TEXT, "value": MAYBE, "secret": YES}),
    "SourceHealth": thing({
        "state": TEXT, "last_news": MAYBE_MOMENT, "weeks": {"type": "array", "items": COUNT},
        "looks": {"type": "array", "items": {"type": "object"}},
    }),
}  # fmt: skip
for _name in ("Token", "LogLine", "Partner", "Planned", "Setting"):
    DESK_SHAPES[f"{_name}List"] = some(_name)
