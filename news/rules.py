"""A source's rules: tried in order, each may give an entry some of our categories.

A term that a rule has understood is spent: later rules do not see it, so that a source's own meaning of a word goes
before ours. What no rule places has no category, and waits for a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from news.categories import Category, fold
from news.mapping import meaning, names_of

_LONGEST_TEXT = 20_000
_LISTED = re.compile(r"\s*[,;|]\s*")
_NOT_WORDS = re.compile(r"[\W_]+")


class RuleKind(StrEnum):
    """What a rule looks at. ``names``: terms that are a name, an address or an alias of a category of ours. ``term``:
    one term of the source. ``words``: words in title or text. ``language``: of the entry. ``always``: nothing."""

    NAMES = "names"
    TERM = "term"
    WORDS = "words"
    LANGUAGE = "language"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``given``: the term; the words, alternatives parted by commas, a ``*`` at the end of one for any
    ending; or the language (BCP 47 primary tag). ``categories``: ids; none for ``names``. ``stop``: once it has
    placed an entry, the rules after it are not tried."""

    kind: RuleKind
    given: str = ""
    categories: frozenset[str] = frozenset()
    stop: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """What rules look at of an entry or an item. ``text``: plain."""

    terms: tuple[str, ...]
    title: str
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Placing:
    """What came of the rules: the ``categories`` (ids) in all, and what each rule ``gave``, in their order."""

    categories: frozenset[str]
    gave: tuple[frozenset[str], ...]


BY_NAME = Rule(RuleKind.NAMES)


def usual_rules(
    mapped: Iterable[tuple[str, str]] = (), always: Iterable[str] = (), by_name: Rule = BY_NAME
) -> tuple[Rule, ...]:
    """The rules a source begins with: ``mapped`` terms (with a category id) first, then our names, then the categories
    (ids) it ``always`` gives."""
    meant = dict(mapped)
    terms = [Rule(RuleKind.TERM, term, frozenset({category_id})) for term, category_id in meant.items()]
    given = frozenset(always)
    return (*terms, by_name, *([Rule(RuleKind.ALWAYS, "", given)] if given else []))


def with_always(rules: Sequence[Rule], always: Iterable[str]) -> tuple[Rule, ...]:
    """``rules`` that give these categories (ids) to everything, behind the others; as they are when they do already."""
    given = frozenset(always)
    if given == frozenset[str]().union(*(rule.categories for rule in rules if rule.kind is RuleKind.ALWAYS)):
        return tuple(rules)
    others = tuple(rule for rule in rules if rule.kind is not RuleKind.ALWAYS)
    return (*others, Rule(RuleKind.ALWAYS, "", given)) if given else others


def with_terms(rules: Sequence[Rule], mapped: Iterable[tuple[str, str]]) -> tuple[Rule, ...]:
    """``rules`` that map exactly these terms to a category id each, before the others; those that do already stay."""
    meant, known = dict(mapped), {rule.given: rule for rule in rules if rule.kind is RuleKind.TERM}
    if set(meant) == set(known) and all(meant[term] in rule.categories for term, rule in known.items()):
        return tuple(rules)
    kept = {term: rule for term, rule in known.items() if meant.get(term) in rule.categories}
    terms = [kept.get(term) or Rule(RuleKind.TERM, term, frozenset({meant[term]})) for term in meant]
    return (*terms, *(rule for rule in rules if rule.kind is not RuleKind.TERM))


class Placer:
    """A source's ``rules`` over today's ``categories``; retired ones are given to nothing.

    ``reads_text``: whether a rule looks at the text."""

    def __init__(self, rules: Sequence[Rule], categories: Iterable[Category]) -> None:
        self._rules = rules
        known = tuple(categories)
        self._living = frozenset(category.id for category in known if category.retired is None)
        self._names = names_of(known)
        self._terms = frozenset(fold(rule.given) for rule in rules if rule.kind is RuleKind.TERM)
        self._placed: dict[tuple[tuple[str, ...], str], Placing] = {}
        self.reads_text = any(rule.kind is RuleKind.WORDS for rule in rules)

    def place(self, subject: Subject) -> Placing:
        """What the rules give ``subject``."""
        if self.reads_text:
            return self._place(subject)
        # Many entries have the same terms, and nothing else of them is looked at.
        seen = subject.terms, subject.language
        placing = self._placed.get(seen)
        if placing is None:
            placing = self._placed[seen] = self._place(subject)
        return placing

    def _place(self, subject: Subject) -> Placing:
        left = dict.fromkeys(word for term in subject.terms for word in self._words(term))
        gave: list[frozenset[str]] = []
        done = False
        for rule in self._rules:
            given = frozenset[str]() if done else self._given(rule, subject, left)
            gave.append(given)
            done = done or (rule.stop and bool(given))
        return Placing(frozenset[str]().union(*gave), tuple(gave))

    def _words(self, term: str) -> list[str]:
        """``term``; or what it lists, where nobody knows it as a whole: some programs write all categories into one."""
        if fold(term) in self._terms or meaning(term, self._names):
            return [term]
        return [word for word in _LISTED.split(term) if word]

    def _given(self, rule: Rule, subject: Subject, left: dict[str, None]) -> frozenset[str]:
        if rule.kind is RuleKind.NAMES:
            return self._by_name(left)
        living = rule.categories & self._living
        return living if living and _holds(rule, subject, left) else frozenset()

    def _by_name(self, left: dict[str, None]) -> frozenset[str]:
        meant = {term: category_id for term in left if (category_id := meaning(term, self._names))}
        for term in meant:
            del left[term]
        return frozenset(meant.values())


def _holds(rule: Rule, subject: Subject, left: dict[str, None]) -> bool:
    if rule.kind is RuleKind.TERM:
        spent = [term for term in left if fold(term) == fold(rule.given)]
        for term in spent:
            del left[term]
        return bool(spent)
    if rule.kind is RuleKind.WORDS:
        return _found(rule.given, f"{subject.title} \n {subject.text[:_LONGEST_TEXT]}")
    return rule.kind is RuleKind.ALWAYS or subject.language == rule.given


def _found(words: str, text: str) -> bool:
    there = f" {_spread(text)} "
    return any(_needle(one) in there for one in alternatives(words))


def alternatives(words: str) -> list[str]:
    """The alternatives of a ``words`` rule that have a word in them."""
    return [one.strip() for one in words.split(",") if _spread(one)]


def _needle(words: str) -> str:
    return f" {_spread(words)}" + ("" if words.endswith("*") else " ")


def _spread(text: str) -> str:
    return _NOT_WORDS.sub(" ", fold(text)).strip()
