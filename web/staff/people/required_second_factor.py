"""Whoever has to use a second factor sets it up before anything else; what they were sending is not lost by that."""

from __future__ import annotations

from contextlib import suppress

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from desk.accounts.second_factor import missing
from news.errors import InvalidInput, NotAllowed, NotFound
from web.context import current_desk
from web.staff.access import me, staff
from web.staff.items.autosave import keep_sent
from web.staff.items.expired_session import picture_sent
from web.staff.unsaved import kept

_SETTING_UP = ("staff.factor", "staff.begin_factor", "staff.confirm_factor")
_ITEM_FORMS = ("staff.post_new_item", "staff.edit", "staff.join_form")
_SAFE = ("GET", "HEAD", "OPTIONS")


@staff.before_request
def second_factor_first() -> Response | tuple[str, int] | None:
    """Lead there; a form that was sent is kept where the item form offers it again, and its texts are shown."""
    if request.endpoint in _SETTING_UP or not missing(current_desk(), me()):
        return None
    if request.method in _SAFE:
        return redirect(url_for("staff.factor"), 303)
    held = False
    if request.endpoint in _ITEM_FORMS:
        # What is too long to be kept, or for an item that is gone, is on the page all the same.
        with suppress(InvalidInput, NotFound, NotAllowed):
            keep_sent(request.form, image_url=picture_sent(me()))
            held = True
    return render_template("staff/factor_first.html", kept=kept(), held=held), 403
