"""The picture on the item form: chosen, refused, kept while the form comes back, replaced, removed."""

import io
import re
from contextlib import ExitStack

import pytest

from desk.context import Desk
from desk.items.listing import list_items
from desk.items.posting import get_item
from desk.pictures.darkroom import MOST_AT_ONCE, PLACES
from news.pictures import uploaded

NAMED = re.compile(r'name="image_url" value="(urn:uuid:[^"]+)"')


def form(file: bytes | None = None, name: str = "photo.jpg", **said: str) -> dict[str, object]:
    given: dict[str, object] = {"title": "Une visite", "status": "published", "image_alt": "Le jury", "image_url": ""}
    return given | said | ({"image_file": (io.BytesIO(file), name)} if file is not None else {})


def posted(browser, data: dict[str, object], path: str = "/staff/items/new"):
    return browser.post(path, data, content_type="multipart/form-data")


def only_item(desk: Desk):
    (item,) = list_items(desk)
    return item


def test_a_chosen_file_becomes_the_items_picture(editor, desk: Desk, draw):
    assert posted(editor, form(draw(), image_credit="Ada")).status_code == 303
    image = only_item(desk).image
    assert (uploaded(image.url), image.alt, image.credit) == (image.kept.id, "Le jury", "Ada")
    page = editor.get(f"/staff/items/{only_item(desk).id}").text
    assert f'src="/staff/pictures/{image.kept.id}/400.jpg"' in page
    assert f'name="image_url" value="{image.url}"' in page


@pytest.mark.parametrize(
    ("body", "said"),
    [(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"), (b"", "JPEG"), (b"\xff\xd8\xff\xe0JFIF", "picture")],
)
def test_a_file_that_is_no_picture_is_refused_in_a_sentence_and_nothing_typed_is_lost(editor, desk, body, said):
    answer = posted(editor, form(body, "photo.jpg", body="Tout ce que j’ai écrit", summary="Résumé"))
    assert answer.status_code == 422
    assert 'id="image_file-error"' in answer.text and said in answer.text
    assert "Tout ce que j’ai écrit" in answer.text and "Le jury" in answer.text
    assert list_items(desk) == ()


def test_a_file_that_came_among_many_is_to_be_sent_again_and_nothing_typed_is_lost(editor, desk, draw):
    with ExitStack() as others:
        for _ in range(MOST_AT_ONCE):
            others.enter_context(PLACES)
        answer = posted(editor, form(draw(), body="Tout ce que j’ai écrit"))
    assert answer.status_code == 422
    assert 'id="image_file-error"' in answer.text and "Other pictures" in answer.text
    assert "Tout ce que j’ai écrit" in answer.text
    assert list_items(desk) == ()


def test_a_file_that_is_too_big_is_refused_and_nothing_typed_is_lost(editor, app, desk: Desk, draw):
    app.extensions["desk"] = desk.with_settings(picture_max_bytes=1000)
    answer = posted(editor, form(draw(), body="Tout ce que j’ai écrit"))
    assert answer.status_code == 422
    assert "too big" in answer.text and "Tout ce que j’ai écrit" in answer.text


def test_a_photograph_as_telephones_make_it_fits(editor, desk: Desk, draw):
    body = draw(3000, 2000) + b"\0" * 9_000_000
    assert posted(editor, form(body)).status_code == 303
    assert only_item(desk).image.kept.best().width == 1280


def test_one_byte_too_many_is_too_big_with_the_text_kept(editor, desk: Desk, draw):
    answer = posted(editor, form(draw() + b"\0" * 10_000_000, body="Tout ce que j’ai écrit"))
    assert (answer.status_code, "10 MB at most" in answer.text, "Tout ce que j’ai écrit" in answer.text) == (
        422,
        True,
        True,
    )


def test_a_form_that_comes_back_for_another_reason_still_has_the_picture(editor, desk: Desk, draw):
    answer = posted(editor, form(draw(), title=""))
    assert answer.status_code == 422
    (named,) = NAMED.findall(answer.text)
    assert posted(editor, form(image_url=named)).status_code == 303
    assert only_item(desk).image.url == named


def test_without_a_description_it_is_not_published_and_not_lost(editor, desk: Desk, draw):
    answer = posted(editor, form(draw(), image_alt=""))
    assert answer.status_code == 422
    assert 'id="image_alt-error"' in answer.text
    assert NAMED.search(answer.text)


def test_a_picture_is_replaced_and_removed(editor, desk: Desk, draw):
    posted(editor, form(draw()))
    item = only_item(desk)
    path = f"/staff/items/{item.id}"
    said = {"image_url": item.image.url, "was": "published", "version": str(item.version)}
    assert posted(editor, form(draw(500, 400), **said), path).status_code == 303
    second = get_item(desk, item.id)
    assert second.image.kept.best().width == 500
    said |= {"image_url": second.image.url, "version": str(second.version), "image_remove": "1"}
    assert posted(editor, form(**said), path).status_code == 303
    assert get_item(desk, item.id).image is None


def test_two_people_with_two_pictures_are_told_so_in_words(editor, desk: Desk, draw):
    posted(editor, form(draw()))
    item = only_item(desk)
    said = {"image_url": item.image.url, "version": str(item.version)}
    posted(editor, form(draw(500, 400), **said), f"/staff/items/{item.id}")
    answer = posted(editor, form(draw(600, 400), **said), f"/staff/items/{item.id}")
    assert answer.status_code == 409
    assert "another picture, uploaded here" in answer.text
    (named,) = NAMED.findall(answer.text)
    assert named not in (item.image.url, only_item(desk).image.url)


def test_leaving_the_field_alone_leaves_the_picture(editor, desk: Desk, draw):
    posted(editor, form(draw()))
    item = only_item(desk)
    said = form(b"", "", image_url=item.image.url, title="Autrement", version=str(item.version))
    assert posted(editor, said, f"/staff/items/{item.id}").status_code == 303
    after = get_item(desk, item.id)
    assert (after.title, after.image.kept) == ("Autrement", item.image.kept)


def test_an_author_brings_a_picture_and_editors_see_it_before_the_public(author, editor, nobody, desk: Desk, draw):
    assert posted(author, form(draw())).status_code == 303
    item = only_item(desk)
    assert item.status == "review"
    name = f"{item.image.kept.id}/{item.image.kept.best().name}"
    assert author.get(f"/staff/pictures/{name}").status_code == 200
    assert editor.get(f"/staff/pictures/{name}").mimetype == "image/jpeg"
    assert nobody.client.get(f"/staff/pictures/{name}").status_code == 303
    assert nobody.client.get(f"/media/{name}").status_code == 404


def test_an_author_does_not_see_what_others_have_not_published(author, editor, desk: Desk, draw):
    posted(editor, form(draw(), status="draft"))
    kept = only_item(desk).image.kept
    assert author.get(f"/staff/pictures/{kept.id}/{kept.best().name}").status_code == 404
    assert posted(author, form(image_url=only_item(desk).image.url)).status_code == 422


def test_a_preview_being_typed_stores_nothing(editor, desk: Desk, draw):
    assert posted(editor, form(draw()), "/staff/items/preview").status_code == 200
    with desk.storage.transaction() as tx:
        assert tx.sweep_pictures(desk.now(), desk.now()) == 0
