"""The list of what is collected, written and read back."""

from desk.categories.ending import retire_category
from desk.importing.imports import Given
from desk.importing.sources import import_opml
from desk.sources.exporting import source_list
from desk.sources.registry import NewSource, add_source, list_sources, remove_source
from news.sources import Kind
from sources.opml import read_opml


def added(desk, name, *categories, kind=Kind.FEED):
    return add_source(desk, NewSource(f"https://{name}.example/f", kind, name, categories=categories), "cli")


def told(desk):
    return {each.name: set(each.terms) for each in read_opml(source_list(desk))}


def test_folders_are_categories_and_come_back_as_they_were(desk):
    for name, categories in (("a", ("doctorat",)), ("b", ("masters", "doctorat")), ("c", ())):
        added(desk, name, *categories)
    before = {source.url: source.categories for source in list_sources(desk)}
    document = source_list(desk)
    for source in list_sources(desk):
        remove_source(desk, source.id, "keep", "cli")
    import_opml(desk, Given(document), "cli")
    assert {source.url: source.categories for source in list_sources(desk)} == before
    assert source_list(desk) == document


def test_a_retired_category_is_no_folder_and_a_page_is_in_no_list(desk):
    added(desk, "a", "doctorat")
    added(desk, "p", kind=Kind.PAGE)
    assert told(desk) == {"a": {"Doctorat", "doctorat"}}
    retire_category(desk, "doctorat", actor="cli")
    assert told(desk) == {"a": set()}
