"""Pictures in every engine."""

from dataclasses import replace

from news.items import Image
from news.pictures import Picture, Rendition

FILES = {"320.jpg": b"\xff\x00jpeg", "320.webp": b"webp"}


def kept(room, **said):
    picture = Picture(room.mint(), tuple(Rendition(320, 200, kind, 4, "tag") for kind in ("jpg", "webp")))
    with room.storage.transaction() as tx:
        tx.put_picture(picture, FILES, said.get("owner"), room.now)
    return picture


def test_a_picture_comes_back_with_its_files_and_owner(room):
    picture = kept(room, owner="somebody")
    with room.storage.read() as reader:
        assert (reader.picture(picture.id).picture, reader.picture(picture.id).owner_id) == (picture, "somebody")
        assert {name: reader.picture_file(picture.id, name) for name in FILES} == FILES
        assert reader.picture_file(picture.id, "640.jpg") is None
        assert reader.picture("unknown") is None


def test_an_item_knows_our_copy_and_the_credit_of_its_picture(room):
    picture = kept(room)
    item = room.post(image=Image("https://x.example/i.jpg", "alt", 3, 4, "Ada", picture))
    with room.storage.read() as reader:
        stored = reader.item(item.id)
        assert (stored.image, stored.image.kept, stored.image.credit) == (item.image, picture, "Ada")
        assert [each.id for each in reader.items_with_picture(picture.id)] == [item.id]
        assert reader.items_with_picture("unknown") == ()


def test_a_copy_makes_no_new_version_for_those_who_keep_archives(room):
    item = room.post(image=Image("https://x.example/i.jpg"))
    with room.storage.read() as reader:
        before = reader.last_passage(room.selection())
    revision = room.state().revision
    room.keep(replace(item, image=replace(item.image, kept=kept(room))))
    with room.storage.read() as reader:
        assert reader.last_passage(room.selection()) == before
    assert room.state().revision > revision


def test_what_nobody_has_is_removed_once_its_time_is_up(room):
    used, lonely = kept(room), kept(room)
    item = room.post(image=Image("https://x.example/i.jpg", kept=used))
    start = room.now
    room.later(days=1)
    with room.storage.transaction() as tx:
        assert tx.sweep_pictures(room.now, start) == 1
        assert tx.picture(lonely.id) is None
        assert tx.picture_file(lonely.id, "320.jpg") is None
    room.later(days=30)
    room.keep(replace(item, image=None))
    with room.storage.transaction() as tx:
        assert tx.sweep_pictures(room.now, start) == 0
        assert tx.picture(used.id)
        assert tx.sweep_pictures(room.now, room.now) == 1
    assert room.storage.problems() == ()


def test_the_time_of_a_picture_that_was_used_in_between_begins_anew(room):
    picture, start = kept(room), room.now
    item = room.post(image=Image("https://x.example/i.jpg", kept=picture))
    room.later(days=30)
    room.keep(replace(item, image=None))
    with room.storage.transaction() as tx:
        assert tx.sweep_pictures(room.now, start) == 0
