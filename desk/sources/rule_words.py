"""A rule as a sentence."""

from __future__ import annotations

from collections.abc import Mapping

from news.rules import Rule, RuleKind
from translations import Translator


def rule_sentence(t: Translator, rule: Rule, names: Mapping[str, str]) -> str:
    """What ``rule`` does, in the language of ``t``. ``names``: of the categories, by id."""
    given = t(f"rule.lang.{rule.given}") if rule.kind is RuleKind.LANGUAGE else rule.given
    categories = ", ".join(names[each] for each in sorted(rule.categories, key=list(names).index) if each in names)
    said = t(f"rule.says.{rule.kind.value}", given=given, categories=categories or "–")
    return f"{said} {t('rule.says.stop')}" if rule.stop else said
