"""Posting, editing and retracting items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from desk.context import Actor, Desk
from desk.items.draft import draft_of
from desk.items.until import in_time, with_times
from desk.pictures.uploads import usable
from desk.recording import join_what_waited, record
from desk.stories.joins import put_joins
from news.categories import Category
from news.drafts import ALL_FIELDS, Draft, Fields, check
from news.errors import Conflict, InvalidFields, InvalidInput, NotAllowed, NotFound
from news.ids import is_id
from news.items import Change, Image, Item, Status
from news.lifecycle import placed, touched, withdrawn
from news.pictures import uploaded
from news.text import paragraphs
from news.users import Action, User, require
from storage.contract import Reader, Transaction

_OVERRIDABLE = ("title", "link", "summary", "content_html", "author", "image", "language", "categories")
_BEFORE_PUBLISHING = frozenset({"status", "image_url", "image_alt"})
_TEXTS = ("title", "link", "summary", "language", "author", "categories")


def post_item(
    desk: Desk,
    draft: Draft,
    actor: Actor,
    *,
    story_of: str | None = None,
    once: str | None = None,
    joins: Sequence[str] = (),
    apart: Sequence[str] = (),
) -> Item:
    """Store a new item. ``story_of``: the id of an item that it translates. ``once``: the token of a form; when it has
    made an item already, that one is returned as it is. ``joins``: ids of items that are one story with it once it is
    public; ``apart``: of those that only look so. Raises InvalidFields, and NotFound when the item to translate does
    not exist."""
    if isinstance(actor, User):
        require(actor, Action.WRITE)
    now = desk.now()
    with desk.storage.transaction() as tx:
        if once is not None and (made := tx.posted_form(once)):
            return _stored(tx, made)
        fields = check(draft, _active(tx), desk.settings.timezone, desk.settings.base_url)
        original = _stored(tx, story_of) if story_of is not None else None
        if original:
            _require_untold(tx, original, fields.language)
        item_id = desk.mint()
        blank = Item(
            id=item_id, story_id=original.story_id if original else item_id, title="", language=fields.language,
            status=Status.DRAFT, created=now, updated=now, owner_id=actor.id if isinstance(actor, User) else None,
        )  # fmt: skip
        item = _as_asked(desk, tx, blank, fields, ALL_FIELDS, actor, now)
        item = record(tx, None, item, actor=actor, action="posted", now=now)
        put_joins(tx, item, joins, actor, now)
        if item.visible:
            join_what_waited(tx, item, actor, now)
        if not isinstance(actor, User) or actor.may(Action.REVIEW):
            for other in apart:
                tx.put_likeness(item.id, other, apart=True)
        if once is not None:
            tx.put_posted_form(once, item.id, now)
    return item


def edit_item(
    desk: Desk,
    item_id: str,
    draft: Draft,
    actor: Actor,
    *,
    version: int | None = None,
    only: frozenset[str] | None = None,
    significant: bool | None = None,
    joins: Sequence[str] | None = None,
) -> Item:
    """Change an item to what ``draft`` says; ``only``: just these form fields. What the form says as it was stays
    untouched, also where the form could not take it (a source's language, a longer title). ``significant``: whether
    readers are told again of what they have seen before (``updated`` moves); None: as ``news.significance`` finds.
    ``joins``: as for a new one; None leaves them.

    Raises InvalidFields, NotFound, NotAllowed, and Conflict when ``version`` is no longer the stored one.
    """
    now = desk.now()
    with desk.storage.transaction() as tx:
        before = _stored(tx, item_id)
        _require_edit(actor, before)
        if version is not None and version != before.version:
            raise Conflict("item.changed_meanwhile", title=before.title)
        stored = draft_of(desk, tx, before)
        changed = _changed(before, stored, draft, ALL_FIELDS if only is None else only)
        draft = replace(stored, **{name: getattr(draft, name) for name in changed})
        known = _active(tx) | {each.slug: each for each in tx.categories() if each.id in before.categories}
        fields = check(draft, known, desk.settings.timezone, desk.settings.base_url, only=changed)
        if "language" in changed and before.merged_into is None and fields.language != before.language:
            _require_untold(tx, before, fields.language)
        after = _as_asked(desk, tx, before, fields, changed, actor, now, significant)
        if joins is not None and not before.visible:
            put_joins(tx, after, joins, actor, now)
        if after == before:
            return before
        after = replace(after, version=before.version + 1, overridden=_overridden(before, after))
        return record(tx, before, after, actor=actor, action="edited", now=now)


def retract_item(desk: Desk, item_id: str, actor: Actor, reason: str = "") -> Item:
    """Take an item back from everywhere; once done, doing it again changes nothing. Raises NotFound, NotAllowed."""
    now = desk.now()
    with desk.storage.transaction() as tx:
        before = _stored(tx, item_id)
        _require_edit(actor, before)
        if before.status is Status.WITHDRAWN:
            return before
        after = replace(withdrawn(before, now), version=before.version + 1)
        record(tx, before, after, actor=actor, action=f"withdrawn: {paragraphs(reason)[:500]}".rstrip(": "), now=now)
    return after


def get_item(desk: Desk, item_id: str) -> Item:
    """The item of that id, whatever its status. Raises NotFound."""
    with desk.storage.read() as reader:
        return _stored(reader, item_id)


def history_of(desk: Desk, kind: str, object_id: str) -> tuple[Change, ...]:
    """What happened to one object, newest first."""
    with desk.storage.read() as reader:
        return reader.history(kind, object_id)


def _as_asked(
    desk: Desk,
    reader: Reader,
    before: Item,
    fields: Fields,
    changed: frozenset[str],
    actor: Actor,
    now: datetime,
    significant: bool | None = None,
) -> Item:
    """``before`` with the ``changed`` fields of a form. A date taken out means now, unless it is out already."""
    filled = replace(before, **{name: getattr(fields, name) for name in _TEXTS if name in changed})
    if "body" in changed:
        filled = replace(filled, content_html=fields.content_html)
    if changed & {"image_url", "image_alt", "image_credit"}:
        filled = replace(filled, image=_image(reader, before, fields, actor))
    if "date" in changed and fields.when is None and before.status is not Status.PUBLISHED:
        filled = replace(filled, day=None, published=None)
    filled = with_times(filled, fields, changed, actor)
    asked = _permitted(fields.status if "status" in changed else before.status, actor)
    if changed & _BEFORE_PUBLISHING and asked in (Status.REVIEW, Status.PUBLISHED):
        _require_description(filled)
    if asked is Status.WITHDRAWN:
        return touched(before, filled, now, significant=significant)
    after = in_time(before, placed(filled, asked, fields.when, now, desk.settings.timezone), now)
    return touched(before, after, now, significant=significant)


def _require_untold(reader: Reader, item: Item, language: str) -> None:
    """A story is told once in each language. Raises InvalidFields."""
    if item.language == language:
        raise InvalidFields({"language": InvalidInput("item.translation.same_language", title=item.title)})
    if language in reader.told_in([item.story_id]).get(item.story_id, ()):
        raise InvalidFields({"language": InvalidInput("item.translation.there")})


def _permitted(asked: Status, actor: Actor) -> Status:
    """What somebody who may not review asks to be public waits for somebody who may."""
    if isinstance(actor, User) and not actor.may(Action.REVIEW) and asked in (Status.PUBLISHED, Status.SCHEDULED):
        return Status.REVIEW
    return asked


def _image(reader: Reader, before: Item, fields: Fields, actor: Actor) -> Image | None:
    """The form's picture; the same one with other words keeps its size and our copy. Raises InvalidFields."""
    image = fields.image
    if image and before.image and image.url == before.image.url:
        return replace(before.image, alt=image.alt, credit=image.credit)
    if image and (picture_id := uploaded(image.url)):
        try:
            return replace(image, kept=usable(reader, picture_id, actor))
        except InvalidInput as unknown:
            raise InvalidFields({"image_url": unknown}) from None
    return image


def _require_description(item: Item) -> None:
    """Who cannot see a picture of ours is told what it shows. Raises InvalidFields."""
    if item.image and uploaded(item.image.url) and not item.image.alt:
        raise InvalidFields({"image_alt": InvalidInput("item.image_alt.needed")})


def _changed(before: Item, stored: Draft, given: Draft, only: frozenset[str]) -> frozenset[str]:
    """The form fields that say something else than what is stored. A withdrawn item has no status a form could show:
    any it gives is a wish."""
    changed = {name for name in only if getattr(given, name) != getattr(stored, name)}
    if before.status is Status.WITHDRAWN:
        changed |= only & {"status"}
    return frozenset(changed)


def _overridden(before: Item, after: Item) -> frozenset[str]:
    """What staff changed on a collected item, which its source then no longer decides."""
    if before.origin is None:
        return frozenset()
    changed = {name for name in _OVERRIDABLE if getattr(before, name) != getattr(after, name)}
    if (before.day, before.published) != (after.day, after.published):
        changed.add("date")
    return before.overridden | changed


def _active(reader: Reader) -> dict[str, Category]:
    return {category.slug: category for category in reader.categories() if category.retired is None}


def _stored(reader: Reader | Transaction, item_id: str) -> Item:
    item = reader.item(item_id) if is_id(item_id) else None
    if item is None:
        raise NotFound("item.unknown", id=item_id[:80])
    return item


def _require_edit(actor: Actor, item: Item) -> None:
    if isinstance(actor, User) and not actor.may_edit(item):
        raise NotAllowed("item.not_yours", role=actor.role.value)
