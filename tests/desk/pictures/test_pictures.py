"""Uploads: who may bring and see them, what an item needs to show one, when nobody has it any more."""

from dataclasses import replace

import pytest

from desk.context import Desk
from desk.items.posting import edit_item, get_item, history_of, post_item, retract_item
from desk.items.publishing_due import publish_due
from desk.pictures.uploads import public_file, staff_file, sweep, upload
from news.drafts import Draft
from news.errors import Gone, InvalidFields, InvalidInput, NotFound
from news.pictures import upload_url
from news.users import Role, User


def draft(picture, **said: object) -> Draft:
    given = {
        "title": "Une visite",
        "status": "published",
        "image_alt": "Une salle",
        "image_url": upload_url(picture.id),
    }
    return Draft(**{**given, **said})


def name_of(picture) -> str:
    return picture.best().name


def wrong(call, *args: object, **said: object) -> dict[str, str]:
    with pytest.raises(InvalidFields) as refused:
        call(*args, **said)
    return {name: error.key for name, error in refused.value.fields.items()}


def state(desk: Desk, picture) -> str:
    """How the public is answered."""
    try:
        public_file(desk, picture.id, name_of(picture))
    except (NotFound, Gone) as error:
        return type(error).__name__
    return "shown"


def test_an_upload_is_seen_by_nobody_before_a_public_item_shows_it(desk: Desk, draw, editor: User):
    picture = upload(desk, draw(), editor)
    assert state(desk, picture) == "NotFound"
    for status in ("draft", "review"):
        post_item(desk, draft(picture, status=status), editor)
        assert state(desk, picture) == "NotFound"
    post_item(desk, draft(picture), editor)
    assert state(desk, picture) == "shown"


def test_a_scheduled_items_picture_appears_with_the_item_and_not_a_second_before(desk: Desk, clock, draw):
    picture = upload(desk, draw(), "cli")
    item = post_item(desk, draft(picture, date="2026-03-05T10:00"), "cli")
    due = get_item(desk, item.id).due
    clock.moment = due
    clock.forward(seconds=-1)
    publish_due(desk)
    assert state(desk, picture) == "NotFound"
    clock.forward(seconds=1)
    publish_due(desk)
    assert state(desk, picture) == "shown"


def test_a_retracted_items_picture_is_gone_and_comes_back_with_it(desk: Desk, draw):
    picture = upload(desk, draw(), "cli")
    item = post_item(desk, draft(picture), "cli")
    retract_item(desk, item.id, "cli")
    assert state(desk, picture) == "Gone"
    edit_item(desk, item.id, Draft("", status="published"), "cli", only=frozenset({"status"}))
    assert state(desk, picture) == "shown"


def test_a_picture_that_another_item_still_shows_stays(desk: Desk, draw):
    picture = upload(desk, draw(), "cli")
    first, _ = (post_item(desk, draft(picture, title=title), "cli") for title in ("Une", "Deux"))
    retract_item(desk, first.id, "cli")
    assert state(desk, picture) == "shown"


def test_an_item_back_to_draft_takes_its_picture_along(desk: Desk, draw):
    picture = upload(desk, draw(), "cli")
    item = post_item(desk, draft(picture), "cli")
    edit_item(desk, item.id, Draft("", status="draft"), "cli", only=frozenset({"status"}))
    assert state(desk, picture) == "NotFound"


def test_no_picture_is_published_or_proposed_without_its_description(desk: Desk, draw, author: User):
    picture = upload(desk, draw(), author)
    assert wrong(post_item, desk, draft(picture, image_alt=""), author) == {"image_alt": "item.image_alt.needed"}
    item = post_item(desk, draft(picture, image_alt="", status="draft"), author)
    only = frozenset({"status"})
    assert "image_alt" in wrong(edit_item, desk, item.id, Draft("", status="published"), "cli", only=only)
    only |= {"image_alt"}
    assert edit_item(desk, item.id, Draft("", status="published", image_alt="Là"), "cli", only=only).visible


def test_an_author_uses_their_own_pictures_and_nobody_elses_unpublished_ones(desk: Desk, draw, author, editor):
    theirs, own = upload(desk, draw(), editor), upload(desk, draw(), author)
    assert wrong(post_item, desk, draft(theirs), author) == {"image_url": "picture.unknown"}
    assert post_item(desk, draft(own), author).image.kept == own
    with pytest.raises(NotFound):
        staff_file(desk, theirs.id, name_of(theirs), author)
    assert staff_file(desk, own.id, name_of(own), editor).rendition == own.best()
    post_item(desk, draft(theirs), editor)
    assert staff_file(desk, theirs.id, name_of(theirs), author)


def test_a_picture_that_is_not_here_is_no_picture(desk: Desk):
    unknown = Draft("x", image_url=upload_url(desk.mint()), image_alt="x")
    assert wrong(post_item, desk, unknown, "cli") == {"image_url": "picture.unknown"}


def test_what_is_too_big_is_refused_before_anything_looks_at_it(desk: Desk):
    with pytest.raises(InvalidInput) as refused:
        upload(desk.with_settings(picture_max_bytes=100), b"x" * 101, "cli")
    assert refused.value.key == "picture.too_big"


def test_other_words_about_the_picture_keep_it_and_another_one_is_news(desk: Desk, clock, draw):
    first, second = upload(desk, draw(), "cli"), upload(desk, draw(500, 300), "cli")
    item = post_item(desk, draft(first), "cli")
    clock.forward(days=1)
    told = edit_item(desk, item.id, Draft("", image_credit="Ada"), "cli", only=frozenset({"image_credit"}))
    assert (told.image.kept, told.image.credit) == (first, "Ada")
    clock.forward(days=1)
    replaced = edit_item(desk, item.id, draft(second), "cli", only=frozenset({"image_url"}))
    assert replaced.image.kept == second
    assert replaced.updated > told.updated
    assert (state(desk, first), state(desk, second)) == ("NotFound", "shown")


def test_history_says_which_picture_and_not_what_files_it_has(desk: Desk, draw):
    picture = upload(desk, draw(), "cli")
    item = post_item(desk, draft(picture, image_credit="Ada"), "cli")
    (change,) = history_of(desk, "item", item.id)
    said = {"url": upload_url(picture.id), "alt": "Une salle", "width": None, "height": None, "credit": "Ada"}
    assert change.data["image"]["to"] == said


def test_a_picture_nobody_has_goes_after_a_week_and_no_sooner(desk: Desk, clock, draw):
    lonely, used = upload(desk, draw(), "cli"), upload(desk, draw(), "cli")
    item = post_item(desk, draft(used), "cli")
    clock.forward(days=6)
    assert sweep(desk) == 0
    clock.forward(days=1)
    assert sweep(desk) == 1
    with desk.storage.read() as reader:
        assert (reader.picture(lonely.id), reader.picture_file(lonely.id, name_of(lonely))) == (None, None)
    edit_item(desk, item.id, Draft("", image_url=""), "cli", only=frozenset({"image_url"}))
    clock.forward(hours=2)
    assert sweep(desk) == 0
    clock.forward(days=8)
    assert sweep(desk) == 1


def test_looking_for_them_is_done_once_an_hour(desk: Desk, clock, draw):
    upload(desk, draw(), "cli")
    sweep(desk)
    clock.forward(minutes=59)
    before = desk.storage.change_number()
    assert sweep(desk) == 0
    assert desk.storage.change_number() == before


def test_a_copy_brings_the_pictures_back(desk: Desk, draw, tmp_path):
    from desk.context import open_desk
    from desk.operating.maintenance import backup, restore

    picture = upload(desk, draw(), "cli")
    post_item(desk, draft(picture), "cli")
    body = public_file(desk, picture.id, name_of(picture)).body
    copy = backup(desk, tmp_path / "copy.db")
    other = replace(desk.settings, database=tmp_path / "elsewhere" / "depeche.db")
    restore(other, copy)
    again = open_desk(other, clock=desk.clock)
    assert public_file(again, picture.id, name_of(picture)).body == body
    assert again.storage.problems() == ()
    again.storage.close()


@pytest.mark.parametrize("role", list(Role))
def test_everybody_who_writes_may_bring_pictures(desk: Desk, draw, role, admin, editor, author):
    who = {Role.ADMIN: admin, Role.EDITOR: editor, Role.AUTHOR: author}[role]
    assert upload(desk, draw(), who).best().width == 400
