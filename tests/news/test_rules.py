"""A source's rules, tried in order."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.rules import BY_NAME, Placer, Rule, RuleKind, Subject, usual_rules, with_always, with_terms

SUBJECT = Subject(("Thèse", "Prix"), "Une chaire d’écologie", "Soutenance le 3 mars, à Évry.", "fr")


def rule(kind: str, given: str = "", *categories: str, stop: bool = False) -> Rule:
    return Rule(RuleKind(kind), given, frozenset(categories), stop)


@pytest.fixture
def place(category):
    known = [category("Thèses", aliases=("Thèse",)), category("Masters"), category("Prix")]

    def placed(*rules: Rule, **said: object):
        return Placer(rules, known).place(replace(SUBJECT, **said))

    return placed


def test_every_rule_that_holds_gives_its_categories(place):
    placing = place(BY_NAME, rule("always", "", "id-2"))
    assert placing.categories == {"id-1", "id-2", "id-3"}
    assert placing.gave == ({"id-1", "id-3"}, {"id-2"})


def test_a_term_that_a_rule_has_understood_is_spent(place):
    assert place(rule("term", "PRIX", "id-2"), BY_NAME).categories == {"id-2", "id-1"}
    assert place(BY_NAME, rule("term", "prix", "id-2")).categories == {"id-1", "id-3"}


def test_categories_that_stand_in_one_term_are_told_apart_unless_it_is_one(place):
    assert place(BY_NAME, terms=("Thèse, prix ; Vie étudiante",)).categories == {"id-1", "id-3"}
    lettres = rule("term", "Arts, lettres et thèse", "id-2")
    assert place(lettres, BY_NAME, terms=("Arts, Lettres et Thèse",)).categories == {"id-2"}
    assert place(rule("term", "thèse", "id-2"), BY_NAME, terms=("Thèse|Prix",)).categories == {"id-2", "id-3"}
    assert place(BY_NAME, terms=(" , ;",)).categories == frozenset()


def test_a_rule_that_stops_ends_it_only_when_it_placed_something(place):
    fallback = rule("always", "", "id-2")
    assert place(replace(BY_NAME, stop=True), fallback).categories == {"id-1", "id-3"}
    assert place(replace(BY_NAME, stop=True), fallback, terms=("Inconnue",)).categories == {"id-2"}


@pytest.mark.parametrize(
    ("words", "holds"),
    [
        ("ECOLOGIE", True), ("ecolog", False), ("ecolog*", True), ("soutenance le 3 mars", True), ("mars 3", False),
        ("rien, évry", True), ("d'écologie", True), ("*", False), ("", False),
    ],
)  # fmt: skip
def test_words_are_found_whole_accents_and_case_aside(place, words, holds):
    assert bool(place(rule("words", words, "id-2")).categories) is holds


def test_a_language_and_an_unknown_category_give_what_they_can(place):
    assert place(rule("language", "fr", "id-2"), rule("language", "en", "id-1")).categories == {"id-2"}
    assert place(rule("always", "", "gone")).categories == frozenset()


def test_a_source_begins_with_its_map_then_our_names_then_what_it_always_gives():
    kinds = [one.kind.value for one in usual_rules([("PhD", "a")], ["b"])]
    assert kinds == ["term", "names", "always"]


@given(st.lists(st.text(max_size=20), max_size=5), st.text(max_size=40), st.text(max_size=40), st.text(max_size=20))
def test_no_text_breaks_a_rule(terms, title, text, words):
    rules = [rule("words", words, "x"), rule("term", words, "x"), BY_NAME]
    Placer(rules, []).place(Subject(tuple(terms), title, text, "fr"))


def test_editing_the_simple_fields_keeps_the_other_rules():
    words = Rule(RuleKind.WORDS, "thèse", frozenset({"d"}))
    rules = (
        Rule(RuleKind.TERM, "PhD", frozenset({"d", "e"}), stop=True),
        BY_NAME,
        words,
        Rule(RuleKind.ALWAYS, "", frozenset({"m"})),
    )
    assert with_always(rules, ["m"]) == rules
    assert with_terms(rules, [("PhD", "d")]) == rules
    assert with_always(rules, ["n"]) == (*rules[:3], Rule(RuleKind.ALWAYS, "", frozenset({"n"})))
    assert with_always(rules, []) == rules[:3]
    assert with_terms(rules, [("Jobs", "j"), ("PhD", "e")]) == (
        Rule(RuleKind.TERM, "Jobs", frozenset({"j"})), *rules,
    )  # fmt: skip
    assert with_terms(rules, []) == rules[1:]
