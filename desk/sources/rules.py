"""A source's rules: changed one by one, tried on what is there, applied again to what waits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from desk.context import Actor, Desk, name_of
from desk.items.review import accept_in
from desk.recording import record
from desk.selecting import category_of
from desk.sources.registry import Trial
from news.arrivals import subject_of, subject_of_item
from news.errors import InvalidInput, NotFound
from news.ids import is_id
from news.items import Change, Item, Status
from news.links import checked_url
from news.rules import Placer, Placing, Rule, RuleKind, alternatives, usual_rules
from news.selections import LANGUAGES
from news.sources import Source, Trust
from news.text import one_line
from news.users import Action, User, require
from storage.contract import Reader, Transaction
from storage.records import ItemQuery

MOST_RULES = 200
_LONGEST = 500
_LATEST = 200
_MOST_WAITING = 5000
_MOST_TERMS = 200


@dataclass(frozen=True, slots=True)
class NewRule:
    """A rule as typed. ``categories``: slugs. ``at``: its place from 1; None: behind the others."""

    kind: str
    given: str = ""
    categories: tuple[str, ...] = ()
    stop: bool = False
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Applied:
    """What applying rules again did, or would do, to what waits: how many got other categories (``filed``), how many
    were ``published``, how many ``wait`` still."""

    filed: int
    published: int
    wait: int


@dataclass(frozen=True, slots=True)
class Effect:
    """What rules do to the latest ``items`` of a source: how many each rule ``placed``, how many none did;
    ``terms``: the categories the source gave them, as it wrote them."""

    items: int
    placed: tuple[int, ...]
    unplaced: int
    terms: tuple[str, ...] = ()


def add_rule(desk: Desk, source_id: str, new: NewRule, actor: Actor) -> Source:
    """Give a source one more rule. Raises InvalidInput, NotFound, Gone for a category, NotAllowed."""

    def added(tx: Transaction, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        rule = _checked(tx, new)
        if len(rules) >= MOST_RULES:
            raise InvalidInput("rule.too_many", most=MOST_RULES)
        place = len(rules) if new.at is None else _place(new.at, len(rules) + 1)
        return (*rules[:place], rule, *rules[place:])

    return _change(desk, source_id, actor, "rule added", added)


def remove_rule(desk: Desk, source_id: str, number: int, actor: Actor) -> Source:
    """Take a rule (counted from 1) away. Raises InvalidInput, NotFound, NotAllowed."""

    def removed(_: Transaction, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        place = _place(number, len(rules))
        return (*rules[:place], *rules[place + 1 :])

    return _change(desk, source_id, actor, "rule removed", removed)


def order_rules(desk: Desk, source_id: str, numbers: Sequence[int], actor: Actor) -> Source:
    """Try the rules in another order: ``numbers``, of all of them, as they are counted now. Raises InvalidInput,
    NotFound, NotAllowed."""

    def ordered(_: Transaction, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        if sorted(numbers) != list(range(1, len(rules) + 1)):
            raise InvalidInput("rule.order", count=len(rules))
        return tuple(rules[number - 1] for number in numbers)

    return _change(desk, source_id, actor, "rules ordered", ordered)


def apply_rules(desk: Desk, source_id: str, actor: Actor, *, dry_run: bool = False) -> Applied:
    """Try today's rules on what waits from a source. What they place is published, under its own date, where the
    source is trusted and it resembles nothing else; categories chosen by staff, floods, and what is out already stay
    as they are. Raises NotFound, NotAllowed."""
    _require(actor)
    if dry_run:
        with desk.storage.read() as reader:
            source = _stored(reader, source_id)
            return _told(source, _again(reader, source))
    now = desk.now()
    with desk.storage.transaction() as tx:
        source = _stored(tx, source_id)
        again = _again(tx, source)
        for before, after, _ in again:
            if after != before:
                after = replace(after, version=before.version + 1)
                record(tx, before, after, actor=actor, action="rules applied", now=now)
        publish = [tx.item(after.id) for _, after, ready in again if ready]
        accept_in(desk, tx, [item for item in publish if item], actor, now)
    return _told(source, again)


def effect_of(desk: Desk, source: Source) -> Effect:
    """What the rules of ``source`` do to its latest items."""
    with desk.storage.read() as reader:
        placer = Placer(source.rules, reader.categories())
        items = reader.items(ItemQuery(source_id=source.id, limit=_LATEST))
    placings = [placer.place(subject_of_item(item)) for item in items]
    counts = tuple(sum(bool(placing.gave[place]) for placing in placings) for place in range(len(source.rules)))
    terms = sorted({term for item in items if item.origin for term in item.origin.terms}, key=str.casefold)
    return Effect(len(items), counts, sum(not placing.categories for placing in placings), tuple(terms[:_MOST_TERMS]))


def try_rules(desk: Desk, trial: Trial) -> tuple[Placing, ...]:
    """What would become of each item of ``trial``: by the rules of the source at that address, or by the usual ones."""
    with desk.storage.read() as reader:
        known = reader.source_of_url(checked_url(trial.url)) if not trial.error else None
        placer = Placer(known.rules if known else usual_rules(), reader.categories())
    tongue = (known.language if known else None) or ""
    return tuple(
        placer.place(subject_of(entry, tongue or entry.language or desk.settings.language)) for entry in trial.items
    )


def _again(reader: Reader, source: Source) -> list[tuple[Item, Item, bool]]:
    """What waits from ``source``: each before, after, and whether it is then ready to be published."""
    placer = Placer(source.rules, reader.categories())
    query = ItemQuery(frozenset({Status.REVIEW}), source_id=source.id, copies=False, flooded=False, limit=_MOST_WAITING)
    items = reader.items(query)
    doubtful = {item_id for some in _chunks(items) for item_id in reader.likenesses([item.id for item in some])}
    found = []
    for item in items:
        after = item
        if "categories" not in item.overridden:
            after = replace(item, categories=placer.place(subject_of_item(item)).categories)
        trusted = source.trust is Trust.PUBLISH and item.id not in doubtful
        found.append((item, after, trusted and bool(after.categories)))
    return found


def _chunks(items: Sequence[Item]) -> Iterable[Sequence[Item]]:
    return (items[start : start + 500] for start in range(0, len(items), 500))


def _told(source: Source, again: Sequence[tuple[Item, Item, bool]]) -> Applied:
    published = sum(ready for _, _, ready in again)
    return Applied(sum(before != after for before, after, _ in again), published, len(again) - published)


def _change(
    desk: Desk,
    source_id: str,
    actor: Actor,
    action: str,
    changed: Callable[[Transaction, tuple[Rule, ...]], tuple[Rule, ...]],
) -> Source:
    _require(actor)
    now = desk.now()
    with desk.storage.transaction() as tx:
        source = _stored(tx, source_id)
        after = replace(source, rules=changed(tx, source.rules))
        tx.put_source(after, now)
        data: dict[str, object] = {"rules": [[rule.kind.value, rule.given] for rule in after.rules]}
        tx.add_change(Change("source", source.id, now, name_of(actor), action, data=data))
    return after


def _checked(reader: Reader, new: NewRule) -> Rule:
    if new.kind not in list(RuleKind):
        raise InvalidInput("rule.kind", given=new.kind[:20], choices=", ".join(RuleKind))
    kind, given = RuleKind(new.kind), one_line(new.given)
    if len(given) > _LONGEST:
        raise InvalidInput("rule.long", most=_LONGEST)
    if kind is RuleKind.NAMES:
        return Rule(kind, stop=new.stop)
    if not new.categories:
        raise InvalidInput("rule.no_category")
    if (kind is RuleKind.TERM and not given) or (kind is RuleKind.WORDS and not alternatives(given)):
        raise InvalidInput(f"rule.empty.{kind.value}")
    if kind is RuleKind.LANGUAGE and given not in LANGUAGES:
        raise InvalidInput("item.language.unknown", language=given[:20])
    if kind is RuleKind.ALWAYS:
        given = ""
    return Rule(kind, given, frozenset(category_of(reader, slug).id for slug in new.categories), new.stop)


def _place(number: int, count: int) -> int:
    if not 1 <= number <= count:
        raise InvalidInput("rule.number", given=number, count=count)
    return number - 1


def _stored(reader: Reader, source_id: str) -> Source:
    source = reader.source(source_id) if is_id(source_id) else None
    if source is None or source.removed:
        raise NotFound("source.unknown", id=source_id[:80])
    return source


def _require(actor: Actor) -> None:
    if isinstance(actor, User):
        require(actor, Action.SOURCES)
