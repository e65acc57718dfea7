"""What waits for a person: listed, accepted, filed and refused, many at once; and floods, each decided as a whole."""

from __future__ import annotations

from desk.items.review import accept, categorise, refuse, waiting
from desk.sources.floods import decide_flood, floods
from news.days import rfc3339
from news.errors import InvalidFields, InvalidInput
from news.users import Action
from web.api.cursors import PAGED, limit_of, place_of
from web.api.items import listed
from web.api.routes import Answer, Asked, call
from web.api.schema import TEXT

_SOURCE = {"source": TEXT | {"description": "A source’s id."}}


@call(
    "GET", "/review", Action.REVIEW, "review", "What waits, newest first", answer="ItemList", query=PAGED | _SOURCE,
    paged=True,
)  # fmt: skip
def review_list(asked: Asked) -> Answer:
    """Items that wait for somebody to decide; a flood is not among them."""
    found = waiting(asked.desk, limit_of(asked) + 1, source=asked.asked("source"), after=place_of(asked))
    return listed(asked, found)


@call(
    "POST", "/review", Action.REVIEW, "review", "Accept, file and refuse what waits: all of it, or nothing",
    body="Decision", answer="Decided", writes=True,
)  # fmt: skip
def decide(asked: Asked) -> Answer:
    """``accept`` some (under ``categories`` where given), ``edit`` others (they get the ``categories`` and go on
    waiting), ``refuse`` others."""
    said = {name: asked.texts(name) for name in ("accept", "edit", "refuse")}
    ids = [each for some in said.values() for each in dict.fromkeys(some)]
    if not ids:
        raise InvalidFields({"accept": InvalidInput("staff.review.none")})
    if len(set(ids)) < len(ids):
        raise InvalidInput("api.review.both", id=next(each for each in ids if ids.count(each) > 1)[:80])
    chosen = asked.texts("categories") if "categories" in asked.body else None
    if said["edit"] and chosen is None:
        raise InvalidFields({"categories": InvalidInput("api.shape.missing")})
    desk, user = asked.desk, asked.user
    return Answer({
        "accepted": accept(desk, said["accept"], user, chosen) if said["accept"] else 0,
        "edited": categorise(desk, said["edit"], user, chosen or ()) if said["edit"] else 0,
        "refused": refuse(desk, said["refuse"], user) if said["refuse"] else 0,
    })  # fmt: skip


@call("GET", "/floods", Action.REVIEW, "review", "What waits together, oldest first", answer="FloodList")
def list_floods(asked: Asked) -> Answer:
    """Sources that said at once that everything they have is new."""
    return Answer([
        {
            "source": {"id": each.source_id, "name": each.source_name}, "kind": each.kind.value,
            "since": rfc3339(each.since), "items": each.items,
        }
        for each in floods(asked.desk)
    ])  # fmt: skip


@call(
    "POST", "/floods/{source_id}", Action.REVIEW, "review", "Decide on the flood of a source", body="FloodVerdict",
    answer="FloodDecided", writes=True,
)  # fmt: skip
def decide_a_flood(asked: Asked) -> Answer:
    """Accept all of it, take it as what we have under other names, or refuse it."""
    decided = decide_flood(asked.desk, asked.path["source_id"], asked.text("verdict"), asked.user)
    return Answer({"done": decided.done, "wait": decided.wait})
