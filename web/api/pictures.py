"""Pictures: sent as they are, kept on our side, and given to an item by their ``url``."""

from __future__ import annotations

from dataclasses import replace

from desk.pictures.uploads import upload
from news.pictures import Picture, upload_url
from news.users import Action
from web.api.routes import Answer, Asked, call


def _developed(asked: Asked) -> Asked:
    """Ahead of the turn to write: the picture, in its sizes. One that is sent again after a crash is kept twice, and
    forgotten when no item has it."""
    return replace(asked, done=upload(asked.desk, asked.raw, asked.user))


@call(
    "POST", "/pictures", Action.WRITE, "pictures", "Upload a picture for an item (the bytes of the file)",
    answer="Picture", status=201, binary=("image/*",), most=lambda settings: settings.picture_max_bytes, writes=True,
    before=_developed,
)  # fmt: skip
def upload_a_picture(asked: Asked) -> Answer:
    """Keep it; nothing shows it before an item has it as ``image.url``, and one that no item has is forgotten."""
    kept = asked.done
    assert isinstance(kept, Picture)
    widths = sorted({each.width for each in kept.renditions})
    return Answer({"id": kept.id, "url": upload_url(kept.id), "widths": widths})
