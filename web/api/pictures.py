"""Pictures: sent as they are, kept on our side, and given to an item by their ``url``."""

from __future__ import annotations

from desk.pictures import upload
from news.pictures import upload_url
from news.users import Action
from web.api.asking import picture_bytes
from web.api.routes import Answer, Asked, call


@call(
    "POST", "/pictures", Action.WRITE, "pictures", "Upload a picture for an item (the bytes of the file)",
    answer="Picture", status=201, binary="image/*",
)  # fmt: skip
def upload_a_picture(asked: Asked) -> Answer:
    """Keep it; nothing shows it before an item has it as ``image.url``, and one that no item has is forgotten."""
    kept = upload(asked.desk, picture_bytes(asked.desk), asked.user)
    widths = sorted({each.width for each in kept.renditions})
    return Answer({"id": kept.id, "url": upload_url(kept.id), "widths": widths})
