"""The form that would make an item what it is: what staff see in it before they change anything."""

from __future__ import annotations

from desk.context import Desk
from desk.items.until import begins_text, ends_text
from news.days import rfc3339
from news.drafts import Draft
from news.items import Item, Status
from storage.contract import Reader


def draft_of(desk: Desk, reader: Reader, item: Item) -> Draft:
    """The form that would make ``item`` what it is."""
    slugs = {category.id: category.slug for category in reader.categories()}
    status = Status.PUBLISHED if item.status is Status.SCHEDULED else item.status
    return Draft(
        title=item.title,
        categories=tuple(slug for category_id, slug in slugs.items() if category_id in item.categories),
        date=_date_text(desk, item),
        link=item.link or "",
        summary=item.summary,
        body=item.content_html,
        language=item.language,
        status=Status.DRAFT if status is Status.WITHDRAWN else status,
        author=item.author or "",
        image_url=item.image.url if item.image else "",
        image_alt=item.image.alt if item.image else "",
        image_credit=item.image.credit if item.image else "",
        withdraw=begins_text(item.withdraw_at, desk.settings.timezone),
        pin=ends_text(item.pinned_until, desk.settings.timezone),
    )


def _date_text(desk: Desk, item: Item) -> str:
    if item.day or not item.published:
        return item.day.isoformat() if item.day else ""
    local = item.published.astimezone(desk.settings.timezone)
    if local.fold:
        return rfc3339(item.published)
    return local.strftime("%Y-%m-%dT%H:%M:%S" if local.second else "%Y-%m-%dT%H:%M")
