"""Pictures on the item form: the file somebody chose, and what only staff may see yet."""

from __future__ import annotations

from dataclasses import replace

from flask import request
from werkzeug.wrappers import Response

from desk.pictures.uploads import staff_file, staff_picture, upload
from news.drafts import Draft
from news.errors import InvalidFields, InvalidInput, TooMany
from news.items import Item
from news.pictures import Picture, upload_url, uploaded
from news.users import Action, User
from web.context import current_desk
from web.public.media import sent
from web.staff.access import me, needs, staff

FILE, REMOVE = "image_file", "image_remove"


@staff.get("/pictures/<picture_id>/<name>")
@needs(Action.WRITE)
def picture(picture_id: str, name: str) -> Response:
    """A rendition of a picture that this person may see, be it public or not; kept by no cache."""
    answer = sent(staff_file(current_desk(), picture_id, name, me()))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def with_picture(draft: Draft, by: User | None = None) -> Draft:
    """``draft`` with the file that was sent as its picture, or without one where that was asked for. What is sent is
    kept at once: the form may come back for another reason. ``by``: whose it is, unless whoever is signed in. Raises
    InvalidFields."""
    file = request.files.get(FILE)
    body = file.read(current_desk().settings.picture_max_bytes + 1) if file else b""
    if file and (body or file.filename):
        try:
            return replace(draft, image_url=upload_url(upload(current_desk(), body, by or me()).id))
        except InvalidInput as wrong:
            raise InvalidFields({FILE: wrong}) from wrong
        except TooMany as wait:
            # Said beside the file, so that nothing that was typed is lost.
            raise InvalidFields({FILE: InvalidInput(wait.key, **wait.message_args)}) from wait
    if REMOVE in request.form:
        return replace(draft, image_url="", image_alt="", image_credit="")
    return draft


def sent_fields(typed: Draft, made: Draft) -> frozenset[str]:
    """The fields of the picture in which the file or the box changed what was typed."""
    names = ("image_url", "image_alt", "image_credit")
    return frozenset(name for name in names if getattr(typed, name) != getattr(made, name))


def picture_of(draft: Draft, stored: Item | None) -> Picture | None:
    """The picture the form shows: the one it names, or our copy of what the item shows."""
    named = uploaded(draft.image_url.strip())
    if named:
        return staff_picture(current_desk(), named, me())
    same = stored and stored.image and stored.image.url == draft.image_url.strip()
    return stored.image.kept if stored and stored.image and same else None
