"""An item form that was sent after its session had ended by itself: kept, with its picture, for the person whose
session it was. They are offered it once they have signed in; nothing of it is saved before."""

from __future__ import annotations

from flask import request, session, url_for

from desk.accounts import sessions
from news.errors import InvalidInput, NotAllowed, NotFound
from news.users import User
from web.context import current_desk, words
from web.staff.items.autosave import keep_sent
from web.staff.items.form import typed
from web.staff.items.pictures import with_picture

_FORMS = ("staff.post_new_item", "staff.edit")


def keep_late() -> str | None:
    """Keep the form of this request, which carries a good token; the path at which it is taken up. None where there is
    nothing to keep: another form, a session that somebody ended or that ended long ago, an item of somebody else's."""
    key = session.get("key")
    user = sessions.was(current_desk(), str(key)) if key and request.endpoint in _FORMS else None
    if user is None:
        return None
    try:
        return _kept(user)
    except (InvalidInput, NotAllowed, NotFound):
        return None


def _kept(user: User) -> str:
    form = request.form
    keep_sent(form, user, image_url=picture_sent(user))
    item_id = form.get("of")
    if item_id:
        return url_for("staff.item", item_id=item_id, resume=1)
    return url_for("staff.new_item", resume=form["token"])


def picture_sent(user: User) -> str:
    """The address of the picture, with the one that was sent kept too; what is none is left out."""
    draft = typed(request.form, words().language)
    try:
        return with_picture(draft, user).image_url
    except InvalidInput:
        return draft.image_url
