"""One change of an item side by side, and bringing a version back."""

from __future__ import annotations

from dataclasses import replace

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from desk.items.posting import get_item
from desk.items.versions import bring_back, step
from news.drafts import Draft
from news.errors import NotAllowed
from news.items import Item
from news.users import Action
from web.context import current_desk, words
from web.staff.access import me, needs, staff
from web.staff.history_lines import line
from web.staff.items.conflict import compared
from web.staff.items.form import readable


@staff.get("/items/<item_id>/history/<int:version>")
@needs(Action.WRITE)
def version_page(item_id: str, version: int) -> str:
    """What one change changed, by word."""
    item = _editable(item_id)
    found = step(current_desk(), item_id, version)
    fields = compared(_readable(found.before), _readable(found.after))
    shown = [each for each in fields if each.name != "status" or version > 1]
    return render_template(
        "staff/version.html", item=item, version=version, fields=shown, line=line(found.change), past=found.past
    )


@staff.post("/items/<item_id>/history/<int:version>")
@needs(Action.WRITE)
def restore_version(item_id: str, version: int) -> Response:
    """Let the item say again what it said then."""
    _editable(item_id)
    bring_back(current_desk(), item_id, version, me())
    flash(words()("staff.version.restored", version=version), "good")
    return redirect(url_for(".item", item_id=item_id), 303)


def _readable(draft: Draft) -> Draft:
    return readable(draft, current_desk().settings.base_url) if draft.body else replace(draft)


def _editable(item_id: str) -> Item:
    stored = get_item(current_desk(), item_id)
    if not me().may_edit(stored):
        raise NotAllowed("item.not_yours", role=me().role.value)
    return stored
