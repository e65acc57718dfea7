"""Each rule can fail: a good document breaks none, and the change beside each rule breaks that rule."""

import atom_rules
import json_rules
import pytest
import rss_rules

TABLES = {"atom": atom_rules, "rss": rss_rules, "json": json_rules}
ROWS = [pytest.param(name, rule, id=f"{name}: {rule}") for name, table in TABLES.items() for rule in table.RULES]


@pytest.mark.parametrize("name", TABLES)
def test_a_good_document_breaks_no_rule(judge, name):
    assert judge(name, TABLES[name].GOOD.encode()) == []


@pytest.mark.parametrize("name", TABLES)
def test_each_rule_has_a_name_of_its_own(name):
    names = [rule.name for rule in TABLES[name].RULES]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(("name", "rule"), ROWS)
def test_a_document_that_breaks_a_rule_is_found_out(judge, name, rule):
    good = TABLES[name].GOOD
    broken = good.replace(rule.old, rule.new, 1)
    if rule.name == "the root is atom:feed":
        broken = broken.replace("</feed>", "</feeds>")
    assert broken != good, "the change finds its place"
    found = judge(name, broken.encode())
    assert any(each.startswith(f"{rule.level}: {rule.name}: ") for each in found), found
