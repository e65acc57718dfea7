"""The shapes of what goes in and out, by name: JSON Schema 2020-12, as OpenAPI 3.1 takes it."""

from __future__ import annotations

from desk.sources.registry import KINDS
from news.floods import FloodKind, Verdict
from news.items import Status
from news.rules import RuleKind
from news.sources import Trust
from news.webhooks import TEST, Event
from web.api.resources_desk import DESK_SHAPES
from web.api.routes import Shape
from web.api.schema import (
    ASKED_STATUS,
    COUNT,
    ID,
    IDS,
    LANGUAGE,
    MAYBE,
    MAYBE_MOMENT,
    MOMENT,
    ROLE,
    SLUGS,
    TEXT,
    YES,
    asked,
    of,
    some,
    thing,
)

_IMAGE = asked({"url": TEXT, "alt": TEXT, "credit": TEXT}, ("url",)) | {"type": ["object", "null"]}
_ITEM: dict[str, Shape] = {
    "title": TEXT, "categories": SLUGS | {"description": "Slugs."},
    "date": MAYBE | {"description": "2026-03-01, or 2026-03-01T09:30 in the newsroom’s zone, or RFC 3339."},
    "link": MAYBE, "summary": TEXT, "content_html": TEXT | {"description": "HTML, sanitised on entry; or plain text."},
    "language": LANGUAGE, "status": ASKED_STATUS, "author": MAYBE, "image": _IMAGE,
    "withdraw": MAYBE | {"description": "When it is taken back by itself, as date; null for never."},
    "pin": MAYBE | {"description": "Until when it stands at the top of pages and blocks, as date; null for not."},
}  # fmt: skip
_CATEGORY: dict[str, Shape] = {"name_fr": TEXT, "name_en": TEXT, "slug": TEXT, "aliases": SLUGS}
_SELECTORS: dict[str, Shape] = {
    **dict.fromkeys(("item", "title", "link", "date", "summary", "categories", "image"), TEXT)
}
_SOURCE: dict[str, Shape] = {
    "url": TEXT, "kind": {"type": "string", "enum": list(KINDS)}, "name": TEXT, "categories": SLUGS,
    "map": {"type": "object", "additionalProperties": TEXT}, "trust": {"type": "string", "enum": list(Trust)},
    "language": LANGUAGE, "selectors": asked(_SELECTORS),
}  # fmt: skip
_FEED: dict[str, Shape] = {"name_fr": TEXT, "name_en": TEXT, "slug": TEXT, "selection": TEXT}
_EVENTS: Shape = {"type": "array", "items": {"type": "string", "enum": [each.value for each in Event]}, "minItems": 1,
                  "maxItems": len(Event)}  # fmt: skip
_ERROR: Shape = {"type": ["object", "null"], "properties": {"key": TEXT, "args": {"type": "object"}}}
_WEBHOOK: dict[str, Shape] = {
    "id": ID, "url": TEXT, "events": _EVENTS, "active": YES, "created": MOMENT, "failing_since": MAYBE_MOMENT,
    "stopped": MAYBE_MOMENT,
}  # fmt: skip

SHAPES: dict[str, Shape] = {
    "Item": thing(
        {
            "id": ID, "guid": TEXT, "story_id": ID, "url": TEXT, "link": MAYBE, "title": TEXT, "summary": TEXT,
            "content_html": TEXT, "language": TEXT, "author": MAYBE, "image": {"type": ["object", "null"]},
            "categories": {"type": "array", "items": thing({"slug": TEXT, "name": TEXT})}, "published": MAYBE_MOMENT,
            "updated": MOMENT, "date_only": YES, "status": {"type": "string", "enum": [each.value for each in Status]},
            "source": {"type": ["object", "null"], "properties": {"id": ID, "name": TEXT}},
            "terms": {"type": "array", "items": TEXT}, "source_guid": MAYBE, "withdraw": MAYBE_MOMENT,
            "pin": MAYBE_MOMENT, "copy_of": MAYBE,
        },
        ("id", "guid", "story_id", "url", "link", "title", "summary", "content_html", "language", "author", "image",
         "categories", "published", "updated", "date_only", "status", "source"),
    ),
    "NewItem": asked(_ITEM | {"translates": TEXT | {"description": "The id of the item it translates."}}, ("title",)),
    "ItemChange": asked(_ITEM | {"significant": YES | {"description": "Are feed readers alerted again?"}}, (), 1),
    "Retraction": asked({"reason": TEXT}),
    "Restoration": asked({"status": {"type": "string", "enum": ["draft", "published"]}}),
    "Change": thing({"at": MOMENT, "actor": TEXT, "action": TEXT, "version": COUNT, "changed": {"type": "object"}}),
    "Decision": asked({"accept": IDS, "edit": IDS, "refuse": IDS, "categories": SLUGS}, (), 1),
    "Decided": thing({"accepted": COUNT, "edited": COUNT, "refused": COUNT}),
    "Flood": thing({
        "source": thing({"id": ID, "name": TEXT}), "kind": {"type": "string", "enum": list(FloodKind)}, "since": MOMENT,
        "items": COUNT,
    }),
    "FloodVerdict": asked({"verdict": {"type": "string", "enum": list(Verdict)}}, ("verdict",)),
    "FloodDecided": thing({"done": COUNT, "wait": COUNT}),
    "Category": thing({
        "id": ID, "slug": TEXT, "name_fr": TEXT, "name_en": TEXT, "rank": COUNT,
        "aliases": {"type": "array", "items": TEXT}, "past_slugs": {"type": "array", "items": TEXT},
        "retired": MAYBE_MOMENT, "closes": MAYBE_MOMENT,
    }),
    "NewCategory": asked(_CATEGORY, ("name_fr",)),
    "CategoryChange": asked(_CATEGORY | {"dry_run": YES}, (), 1),
    "CategoryOrder": asked({"order": SLUGS}, ("order",)),
    "Retirement": asked({"successor": MAYBE, "dry_run": YES}),
    "Merger": asked({"into": TEXT, "dry_run": YES}, ("into",)),
    "Ending": thing({
        "category": of("Category"), "successor": MAYBE, "items": COUNT, "feeds": COUNT, "sources": COUNT, "done": YES,
    }),
    "Source": thing({
        "id": ID, "url": TEXT, "kind": TEXT, "name": TEXT, "trust": TEXT, "language": MAYBE, "paused": YES,
        "categories": {"type": "array", "items": TEXT}, "map": {"type": "object"}, "next_check": MOMENT,
        "last_checked": MAYBE_MOMENT, "last_success": MAYBE_MOMENT, "failures": COUNT, "error": _ERROR,
        "rules": {"type": "array", "items": {"type": "object"}}, "flood": {"type": ["object", "null"]},
    }),
    "NewRule": asked(
        {
            "kind": {"type": "string", "enum": list(RuleKind)}, "given": TEXT, "categories": SLUGS, "stop": YES,
            "at": {"type": "integer", "minimum": 1, "maximum": 1000},
        },
        ("kind",),
    ),
    "RuleOrder": asked(
        {"order": {"type": "array", "items": {"type": "integer", "minimum": 1, "maximum": 1000}, "maxItems": 200}},
        ("order",),
    ),
    "Applying": asked({"dry_run": YES}),
    "Applied": thing({"filed": COUNT, "published": COUNT, "wait": COUNT}),
    "NewSource": asked(_SOURCE, ("url",)),
    "SourceChange": asked(_SOURCE, (), 1),
    "Feed": thing({"id": ID, "slug": TEXT, "name_fr": TEXT, "name_en": TEXT, "selection": TEXT}),
    "NewFeed": asked(_FEED, ("name_fr", "selection")),
    "FeedChange": asked(_FEED | {"dry_run": YES}, (), 1),
    "FeedEnding": {"type": "object"},
    "Picture": thing({
        "id": ID, "url": TEXT | {"description": "For an item’s image.url."},
        "widths": {"type": "array", "items": COUNT},
    }),
    "SourceTest": asked({"url": TEXT, "kind": {"type": "string", "enum": list(KINDS)}}, ("url",)),
    "SourceTrial": thing({
        "url": TEXT, "kind": MAYBE, "title": MAYBE, "items": {"type": "array", "items": {"type": "object"}},
        "error": {"type": ["object", "null"], "properties": {"key": TEXT, "message": TEXT}},
        "offers": {"type": "array", "items": {"type": "object"}},
    }),
    "User": thing({"id": ID, "email": TEXT, "role": ROLE, "created": MOMENT, "disabled": MAYBE_MOMENT}),
    "Me": thing({
        "id": ID, "email": TEXT, "role": ROLE, "created": MOMENT, "disabled": MAYBE_MOMENT, "language": LANGUAGE,
        "alerts": YES, "may": {"type": "array", "items": TEXT},
    }),
    "MeChange": asked({
        "language": LANGUAGE, "alerts": YES | {"description": "Be written to when a source stops, or works again."},
    }, (), 1),
    "Invitation": asked({"email": TEXT, "role": ROLE}, ("email", "role")),
    "Invited": thing({"user": of("User"), "link": MAYBE | {"description": "Where no mail is sent."}}),
    "UserChange": asked({"role": ROLE, "disabled": YES}, (), 1),
    "Webhook": thing(_WEBHOOK),
    "WebhookMade": thing(_WEBHOOK | {"secret": TEXT}),
    "NewWebhook": asked({"url": TEXT, "events": _EVENTS}, ("url",)),
    "WebhookChange": asked({"url": TEXT, "events": _EVENTS, "active": YES}, (), 1),
    "Delivery": thing({
        "id": TEXT, "event": {"type": "string", "enum": [*(each.value for each in Event), TEST]}, "created": MOMENT,
        "due": MAYBE_MOMENT, "attempts": COUNT, "tried": MAYBE_MOMENT, "delivered": MAYBE_MOMENT,
        "status": {"type": ["integer", "null"]}, "error": MAYBE,
    }),
    "Problem": thing(
        {
            "type": TEXT, "title": TEXT, "status": {"type": "integer"}, "detail": TEXT, "instance": TEXT, "code": TEXT,
            "errors": {"type": "array", "items": thing({"pointer": TEXT, "detail": TEXT, "code": TEXT})},
        },
        ("type", "title", "status", "detail", "instance", "code"),
    ),
    "Problems": {"type": "array", "items": thing({"status": {"type": "integer"}, "title": TEXT, "type": TEXT})},
    "OpenApi": {"type": "object"},
}  # fmt: skip
SHAPES |= DESK_SHAPES
for _name in ("Item", "Change", "Flood", "Category", "Source", "Feed", "User", "Webhook", "Delivery"):
    SHAPES[f"{_name}List"] = some(_name)
