"""Pictures people bring, who may see which, and those nobody has any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from desk.context import Actor, Desk
from desk.pictures.darkroom import develop
from news.errors import Gone, InvalidInput, NotFound
from news.ids import is_id
from news.items import Item, Status
from news.pictures import File, Picture, Rendition
from news.users import Action, User, require
from storage.contract import Reader, Transaction
from storage.records import KeptPicture

# Feeds that name a picture may live in caches for an hour, and a form may lie open over a week-end.
GRACE = timedelta(days=7)
SWEPT_EVERY = timedelta(hours=1)
_SWEPT = "pictures swept"


@dataclass(frozen=True, slots=True)
class MediaFile:
    """One rendition, ready to be sent."""

    rendition: Rendition
    body: bytes


def upload(desk: Desk, body: bytes, actor: Actor) -> Picture:
    """Keep the picture in ``body``; it is for an item to have it. Nothing shows it before one does.

    Raises InvalidInput with what is wrong with it, NotAllowed; TooMany when too many are being made at once.
    """
    if isinstance(actor, User):
        require(actor, Action.WRITE)
    most = desk.settings.picture_max_bytes
    if len(body) > most:
        raise InvalidInput("picture.too_big", most=f"{most / 1_000_000:g}")
    files = develop(body)
    with desk.storage.transaction() as tx:
        return keep(desk, tx, files, actor.id if isinstance(actor, User) else None)


def keep(desk: Desk, tx: Transaction, files: tuple[File, ...], owner_id: str | None = None) -> Picture:
    """Store ``files`` as a new picture."""
    picture = Picture(desk.mint(), tuple(file.rendition for file in files))
    tx.put_picture(picture, {file.rendition.name: file.body for file in files}, owner_id, desk.now())
    return picture


def usable(reader: Reader, picture_id: str, actor: Actor) -> Picture:
    """The picture of that id, for ``actor`` to give to an item. Raises InvalidInput."""
    kept = reader.picture(picture_id)
    if kept is None or not _may_see(kept, reader.items_with_picture(picture_id), actor):
        raise InvalidInput("picture.unknown")
    return kept.picture


def public_file(desk: Desk, picture_id: str, name: str) -> MediaFile:
    """A rendition of a picture that some visible item has. Raises NotFound, and Gone when all that had it in public
    have been taken back."""
    with desk.storage.read() as reader:
        items = reader.items_with_picture(picture_id) if is_id(picture_id) else ()
        if any(item.visible for item in items):
            return _file(reader, picture_id, name)
        if any(item.status is Status.WITHDRAWN and item.first_published for item in items):
            raise Gone("picture.withdrawn")
        raise NotFound("picture.not_public")


def staff_file(desk: Desk, picture_id: str, name: str, user: User) -> MediaFile:
    """A rendition of a picture that ``user`` may see before the public does. Raises NotFound."""
    with desk.storage.read() as reader:
        kept = reader.picture(picture_id) if is_id(picture_id) else None
        if kept is None or not _may_see(kept, reader.items_with_picture(picture_id), user):
            raise NotFound("picture.not_public")
        return _file(reader, picture_id, name)


def staff_picture(desk: Desk, picture_id: str, user: User) -> Picture | None:
    """The picture of that id if ``user`` may see it."""
    with desk.storage.read() as reader:
        kept = reader.picture(picture_id)
        seen = kept and _may_see(kept, reader.items_with_picture(picture_id), user)
        return kept.picture if kept and seen else None


def sweep(desk: Desk) -> int:
    """Remove pictures that no item has had for a week; looked at once an hour. How many were removed."""
    now = desk.now()
    with desk.storage.read() as reader:
        swept = reader.mark(_SWEPT)
    if swept and timedelta() <= now - swept < SWEPT_EVERY:
        return 0
    with desk.storage.transaction() as tx:
        tx.put_mark(_SWEPT, now)
        return tx.sweep_pictures(now, now - GRACE)


def _may_see(kept: KeptPicture, items: tuple[Item, ...], actor: Actor) -> bool:
    """Whoever brought it, or may edit an item that has it; what is public is everybody's."""
    if not isinstance(actor, User) or actor.may(Action.EDIT_ANY):
        return True
    return kept.owner_id == actor.id or any(item.visible or actor.may_edit(item) for item in items)


def _file(reader: Reader, picture_id: str, name: str) -> MediaFile:
    kept = reader.picture(picture_id)
    rendition = kept.picture.named(name) if kept else None
    body = reader.picture_file(picture_id, name) if rendition else None
    if rendition is None or body is None:
        raise NotFound("picture.not_public")
    return MediaFile(rendition, body)
