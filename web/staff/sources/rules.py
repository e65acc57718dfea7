"""A source's rules: what each does to what is there, adding, moving and removing one, trying them on what waits."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from desk.categories.registry import list_categories
from desk.sources.registry import get_source
from desk.sources.rule_words import rule_sentence
from desk.sources.rules import NewRule, add_rule, apply_rules, effect_of, order_rules, remove_rule
from news.errors import Gone, InvalidInput, NotFound
from news.rules import RuleKind
from news.users import Action
from web.context import current_desk, words
from web.staff.access import me, needs, staff

Answer = str | Response | tuple[str, int]


@staff.get("/sources/<source_id>/rules")
@needs(Action.SOURCES)
def rules(source_id: str) -> str:
    """The rules in the order they are tried."""
    return _page(source_id)


@staff.post("/sources/<source_id>/rules")
@needs(Action.SOURCES)
def new_rule(source_id: str) -> Answer:
    """Add a rule behind the others."""
    form = request.form
    kind = form.get("kind", "")
    given = form.get("language" if kind == RuleKind.LANGUAGE else "given", "")
    new = NewRule(kind, given, tuple(form.getlist("categories")), "stop" in form)
    try:
        add_rule(current_desk(), source_id, new, me())
    except (InvalidInput, NotFound, Gone) as wrong:
        return _page(source_id, wrong), 422
    flash(words()("staff.rules.added"), "good")
    return _back(source_id)


@staff.post("/sources/<source_id>/rules/change")
@needs(Action.SOURCES)
def change_rules(source_id: str) -> Response:
    """``remove``, ``up`` or ``down``: the number of the rule meant; ``were``: how many there were on the page."""
    desk, form = current_desk(), request.form
    count = len(get_source(desk, source_id).rules)
    if form.get("were") != str(count):
        raise InvalidInput("staff.rules.changed")
    number = _number(form.get("remove") or form.get("up") or form.get("down") or "")
    if not 1 <= number <= count:
        raise InvalidInput("rule.number", given=number, count=count)
    if "remove" in form:
        remove_rule(desk, source_id, number, me())
    else:
        order_rules(desk, source_id, _moved(number, number + (1 if "down" in form else -1), count), me())
    return _back(source_id)


@staff.post("/sources/<source_id>/rules/apply")
@needs(Action.SOURCES)
def apply(source_id: str) -> Answer:
    """Try the rules on what waits; with ``dry`` only say what would happen."""
    dry = "dry" in request.form
    done = apply_rules(current_desk(), source_id, me(), dry_run=dry)
    key = "staff.rules.would" if dry else "staff.rules.applied"
    flash(words()(key, filed=done.filed, published=done.published, wait=done.wait), "good")
    return _back(source_id)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0


def _moved(number: int, to: int, count: int) -> list[int]:
    order = list(range(1, count + 1))
    if to in order:
        order[number - 1], order[to - 1] = order[to - 1], order[number - 1]
    return order


def _page(source_id: str, error: InvalidInput | NotFound | Gone | None = None) -> str:
    desk, t = current_desk(), words()
    source = get_source(desk, source_id)
    names = {category.id: category.name(t.language) for category in list_categories(desk)}
    effect = effect_of(desk, source)
    told = [(rule_sentence(t, rule, names), count) for rule, count in zip(source.rules, effect.placed, strict=True)]
    return render_template(
        "staff/rules.html", source=source, rules=told, effect=effect, error=error, form=request.form,
        categories=list_categories(desk), kinds=tuple(kind.value for kind in RuleKind),
    )  # fmt: skip


def _back(source_id: str) -> Response:
    return redirect(url_for(".rules", source_id=source_id), 303)
