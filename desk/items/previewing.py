"""An item as it would be if it were published as typed: for looking at, never stored."""

from __future__ import annotations

from dataclasses import replace

from desk.context import Actor, Desk
from desk.pictures.uploads import usable
from desk.publishing.shown_item import ItemView, view
from desk.stories.merging import Credit, credits_of
from news.drafts import ALL_FIELDS, Draft, Fields, check
from news.errors import InvalidFields, InvalidInput
from news.items import Image, Item, Status
from news.lifecycle import placed
from news.pictures import uploaded
from storage.contract import Reader

_PICTURE = frozenset({"image_url", "image_alt", "image_credit"})
# It has an address once it is stored.
_NO_ID = "…"


def preview_of(desk: Desk, draft: Draft, actor: Actor, stored: Item | None = None) -> ItemView:
    """``draft`` to be shown. What cannot be taken as it is typed is left out, so that there is always something to
    see. ``stored``: the item it would change."""
    now = desk.now()
    with desk.storage.read() as reader:
        fields = _takeable(desk, reader, draft)
        blank = Item(
            id=stored.id if stored else _NO_ID, story_id=stored.story_id if stored else _NO_ID,
            title=fields.title, language=fields.language, status=Status.DRAFT, created=now, updated=now,
            link=fields.link, summary=fields.summary, content_html=fields.content_html, author=fields.author,
            categories=fields.categories, origin=stored.origin if stored else None,
            image=_image(reader, fields.image, actor, stored),
        )  # fmt: skip
        return view(desk, reader, placed(blank, Status.PUBLISHED, fields.when, now, desk.settings.timezone))


def refuse_wrong(desk: Desk, draft: Draft, stored: Item | None = None, only: frozenset[str] = ALL_FIELDS) -> None:
    """Raise InvalidFields where posting ``draft`` would: of its fields ``only`` are looked at. ``stored``: the item it
    would change, which may stay in a category that was retired."""
    with desk.storage.read() as reader:
        kept = stored.categories if stored else frozenset()
        known = {each.slug: each for each in reader.categories() if each.retired is None or each.id in kept}
    check(draft, known, desk.settings.timezone, desk.settings.base_url, only=only)


def told_by(desk: Desk, stored: Item | None) -> tuple[Credit, ...]:
    """Who is named below a stored item as having told it."""
    if stored is None:
        return ()
    with desk.storage.read() as reader:
        return credits_of(reader, stored)


def _takeable(desk: Desk, reader: Reader, draft: Draft) -> Fields:
    asked = replace(draft, status=Status.DRAFT.value)
    known = {category.slug: category for category in reader.categories()}
    settings = desk.settings
    try:
        return check(asked, known, settings.timezone, settings.base_url)
    except InvalidFields as wrong:
        bad = frozenset(wrong.fields)
    good = ALL_FIELDS - bad - (_PICTURE if bad & _PICTURE else frozenset())
    return check(asked, known, settings.timezone, settings.base_url, only=good)


def _image(reader: Reader, image: Image | None, actor: Actor, stored: Item | None) -> Image | None:
    if image is None:
        return None
    if stored and stored.image and stored.image.url == image.url:
        return replace(stored.image, alt=image.alt, credit=image.credit)
    try:
        picture_id = uploaded(image.url)
        return replace(image, kept=usable(reader, picture_id, actor)) if picture_id else image
    except InvalidInput:
        return None
