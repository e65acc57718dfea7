"""What waits for a person: listed, accepted and refused, many at once."""

from __future__ import annotations

from desk.items import ItemFilter, list_items
from desk.review import accept, refuse
from news.errors import InvalidFields, InvalidInput
from news.items import Status
from news.users import Action
from web.api.cursors import PAGED, limit_of, place_of
from web.api.items import listed
from web.api.routes import Answer, Asked, call


@call("GET", "/review", Action.REVIEW, "review", "What waits, newest first", answer="ItemList", query=PAGED, paged=True)
def review_list(asked: Asked) -> Answer:
    """Items that wait for somebody to decide."""
    wanted = ItemFilter(status=Status.REVIEW.value, after=place_of(asked), limit=limit_of(asked) + 1)
    return listed(asked, list_items(asked.desk, wanted))


@call(
    "POST", "/review", Action.REVIEW, "review", "Accept and refuse what waits: all of it, or nothing", body="Decision",
    answer="Decided", writes=True,
)  # fmt: skip
def decide(asked: Asked) -> Answer:
    """Accept some, under ``categories`` where given, and refuse others; an edit is a PATCH of the item before."""
    yes, no = asked.texts("accept"), asked.texts("refuse")
    if not yes and not no:
        raise InvalidFields({"accept": InvalidInput("staff.review.none")})
    if both := set(yes) & set(no):
        raise InvalidFields({"refuse": InvalidInput("api.review.both", id=min(both)[:80])})
    chosen = asked.texts("categories") if "categories" in asked.body else None
    accepted = accept(asked.desk, yes, asked.user, chosen) if yes else 0
    return Answer({"accepted": accepted, "refused": refuse(asked.desk, no, asked.user) if no else 0})
