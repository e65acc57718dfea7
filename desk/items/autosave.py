"""What a person is typing and has not saved: kept on our side, for them alone, until it is saved or thrown away."""

from __future__ import annotations

from collections.abc import Mapping

from desk.context import Desk
from desk.items.posting import get_item
from news.errors import InvalidInput, NotAllowed, NotFound
from news.ids import is_id
from news.sanitise import LONGEST_BODY
from news.users import Action, User, require
from storage.records import KeptForm

NEW = "new:"
_LONGEST = LONGEST_BODY + 50_000
_MOST_FIELDS = 60


def keep(desk: Desk, user: User, about: str, fields: Mapping[str, object], version: int) -> KeptForm:
    """Keep what ``user`` types. ``about``: an item's id, or ``new:`` and the token of a new form. ``fields``: raw.
    Raises NotFound, NotAllowed, InvalidInput when it is longer than any item may be."""
    require(user, Action.WRITE)
    _require_form(desk, user, about)
    if len(fields) > _MOST_FIELDS or sum(len(str(value)) for value in fields.values()) > _LONGEST:
        raise InvalidInput("item.body.long", length=_LONGEST, most=LONGEST_BODY)
    form = KeptForm(user.id, about, fields, version, desk.now())
    with desk.storage.transaction() as tx:
        tx.keep_form(form)
    return form


def kept(desk: Desk, user: User, about: str) -> KeptForm | None:
    """What ``user`` typed there and did not save."""
    return next((form for form in _all(desk, user) if form.about == about), None)


def kept_new(desk: Desk, user: User, translates: str = "") -> KeptForm | None:
    """The latest new item that ``user`` typed and did not save; of those that translate an item, its id."""
    new = (form for form in _all(desk, user) if form.about.startswith(NEW))
    return next((form for form in new if (form.fields.get("translates") or "") == translates), None)


def drop(desk: Desk, user: User, about: str) -> None:
    """Forget what ``user`` typed there; nothing is written where there is nothing."""
    if kept(desk, user, about) is None:
        return
    with desk.storage.transaction() as tx:
        tx.drop_kept_form(user.id, about)


def made_by(desk: Desk, token: str) -> str | None:
    """The id of the item that the form of this token has made already."""
    with desk.storage.read() as reader:
        return reader.posted_form(token)


def _all(desk: Desk, user: User) -> tuple[KeptForm, ...]:
    with desk.storage.read() as reader:
        return reader.kept_forms(user.id)


def _require_form(desk: Desk, user: User, about: str) -> None:
    if about.startswith(NEW):
        if not is_id(about.removeprefix(NEW)):
            raise NotFound("item.unknown", id=about[:80])
        return
    if not user.may_edit(get_item(desk, about)):
        raise NotAllowed("item.not_yours", role=user.role.value)
