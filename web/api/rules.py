"""A source's rules: added, ordered, removed, and tried again on what waits. They stand in the source's own JSON, in the
order they are tried, and are counted from 1."""

from __future__ import annotations

from desk.sources.registry import get_source
from desk.sources.rules import NewRule, add_rule, apply_rules, order_rules, remove_rule
from news.errors import InvalidInput
from news.users import Action
from web.api.routes import Answer, Asked, call
from web.api.sources import current, shown


@call(
    "POST", "/sources/{source_id}/rules", Action.SOURCES, "sources", "Give a source one more rule", body="NewRule",
    answer="Source", status=201, writes=True, current=current,
)  # fmt: skip
def add_a_rule(asked: Asked) -> Answer:
    """Behind the others, or at the place ``at``."""
    at = asked.body.get("at")
    new = NewRule(
        kind=asked.text("kind"), given=asked.text("given"), categories=asked.texts("categories"),
        stop=asked.body.get("stop") is True, at=None if at is None else int(str(at).removesuffix(".0")),
    )  # fmt: skip
    return shown(asked, add_rule(asked.desk, asked.path["source_id"], new, asked.user))


@call(
    "PUT", "/sources/{source_id}/rule-order", Action.SOURCES, "sources", "Try the rules in another order",
    body="RuleOrder", answer="Source", writes=True, current=current, guarded=True,
)  # fmt: skip
def order_the_rules(asked: Asked) -> Answer:
    """``order``: the numbers of all of them, as they are counted now."""
    numbers = [int(each.removesuffix(".0")) for each in asked.texts("order")]
    return shown(asked, order_rules(asked.desk, asked.path["source_id"], numbers, asked.user))


@call(
    "DELETE", "/sources/{source_id}/rules/{number}", Action.SOURCES, "sources", "Take a rule away", status=204,
    writes=True, current=current, guarded=True,
)  # fmt: skip
def remove_a_rule(asked: Asked) -> Answer:
    """``If-Match`` takes the tag of the source, so that the number means what was read."""
    number = asked.path["number"]
    if not (number.isascii() and number.isdecimal() and len(number) < 5):
        count = len(get_source(asked.desk, asked.path["source_id"]).rules)
        raise InvalidInput("rule.number", given=number[:20], count=count)
    remove_rule(asked.desk, asked.path["source_id"], int(number), asked.user)
    return Answer(None)


@call(
    "POST", "/sources/{source_id}/apply-rules", Action.SOURCES, "sources",
    "Try today’s rules on what waits, or say what that would do", body="Applying", answer="Applied", writes=True,
    current=current,
)  # fmt: skip
def apply_the_rules(asked: Asked) -> Answer:
    """``dry_run`` writes nothing."""
    done = apply_rules(asked.desk, asked.path["source_id"], asked.user, dry_run=asked.dry)
    return Answer({"filed": done.filed, "published": done.published, "wait": done.wait})
