"""What imported items were called where they came from."""

from dataclasses import replace

import pytest

from news.errors import Conflict
from news.items import Brought, Origin


def brought(room, *guids: str) -> frozenset[str]:
    with room.storage.read() as reader:
        return reader.brought(guids)


def test_an_imported_items_name_is_kept_with_it(room):
    for name in (Brought("https://old.example/?p=1", keeps=True), Brought("Labo 7")):
        item = room.post("Importée", brought=name)
        with room.storage.read() as reader:
            assert reader.item(item.id) == item


def test_imported_items_are_known_by_their_names_whatever_became_of_them(room):
    room.keep(room.post("Une", brought=Brought("un")), merged_into=room.post("Autre").id)
    room.post("Deux", brought=Brought("deux", keeps=True))

    assert brought(room, "zéro", *map(str, range(700)), "un", "deux") == {"un", "deux"}


def test_what_a_source_calls_its_items_is_no_imported_name(room):
    source = room.source()
    room.post("Une", origin=Origin(source.id, source.name, "1"))

    assert brought(room, "1") == frozenset()


def test_an_imported_public_name_is_given_once(room):
    name = Brought("https://old.example/?p=1", keeps=True)
    item = room.post("Une", brought=name)
    with pytest.raises(Conflict):
        room.post("Deux", brought=name)
    room.post("Trois", brought=replace(name, keeps=False))

    with room.storage.read() as reader:
        assert reader.kept_guids([name.guid]) == {name.guid}
        assert reader.item(item.id).guid == name.guid
