"""The audit log says in words what was done, and to what."""

import re

import lxml.html
import pytest

from desk.categories.ending import merge_category, retire_category
from desk.categories.registry import order_categories
from desk.sources.editing import SourceEdit, edit_source
from desk.sources.registry import NewSource, add_source
from desk.sources.rules import NewRule, add_rule, remove_rule


def told(admin, lang):
    page = lxml.html.fromstring(admin.get(f"/staff/audit?lang={lang}").text)
    return [" ".join(each.text_content().split()) for each in page.cssselect(".row--audit .row__what")]


@pytest.fixture
def done(desk, clock):
    source = add_source(desk, NewSource("https://partner.example/feed.xml", kind="feed", name="Partner"), "cli")
    add_rule(desk, source.id, NewRule("words", "prix", ("masters",)), "cli")
    remove_rule(desk, source.id, 1, "cli")
    edit_source(desk, source.id, SourceEdit(name="Other"), "cli")
    order_categories(desk, ("doctorat", "masters"), "cli")
    merge_category(desk, "masters", "doctorat", actor="cli")
    retire_category(desk, "doctorat", actor="cli")


def test_a_category_is_called_by_its_name(admin, done):
    lines = told(admin, "fr")
    assert "ligne de commande a mis fin à la catégorie Doctorat" in lines
    assert "ligne de commande a fusionné la catégorie Masters" in lines
    assert "ligne de commande a ordonné les catégories" in lines
    assert "command line retired the category Doctorate" in told(admin, "en")


def test_what_was_added_is_called_by_its_name_in_the_pages_language(admin, done):
    assert any(line.endswith("a ajouté la catégorie Doctorat") for line in told(admin, "fr"))
    assert any(line.endswith("added the category Doctorate") for line in told(admin, "en"))


def test_no_line_holds_the_programs_own_words(admin, done):
    lines = "\n".join(told(admin, "fr"))
    assert re.findall(r"rule |edited|into this|redirected|order\b", lines) == []
    assert "a ajouté une règle à la source Other" in lines
