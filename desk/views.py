"""Items as pages, blocks and programs want to see them: the item, and what follows from it and its surroundings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from desk.categories_ending import Ending
from desk.category_views import category_json
from desk.context import Desk
from desk.shown_image import ShownImage, shown_image
from desk.stories import credits_of
from news.accounts import Token
from news.categories import Category, slugify
from news.days import local_day, rfc3339
from news.excerpts import excerpt
from news.floods import Flood
from news.items import Item
from news.rules import Rule
from news.sanitise import text_of
from news.sources import Source
from news.users import User
from storage.contract import Reader

LEAD_LENGTH = 300


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item to be shown. ``path``, ``url``: its page, relative and absolute. ``target``: where its title points.
    ``categories``: active ones by rank. ``day``: the newsroom's day; ``machine_date``: for ``<time datetime>``.
    ``time_text``: ``09:00``, or None for a day without a time and for midnight. ``excerpt``, ``lead``: plain text, cut
    at a word. ``picture``: as it is shown."""

    item: Item
    path: str
    url: str
    target: str
    categories: tuple[Category, ...]
    day: date | None
    machine_date: str
    time_text: str | None
    excerpt: str
    lead: str
    source_name: str | None
    picture: ShownImage | None = None


def views(desk: Desk, reader: Reader, items: Iterable[Item]) -> tuple[ItemView, ...]:
    """``items`` to be shown."""
    categories = reader.categories()
    return tuple(_view(desk, item, categories) for item in items)


def view(desk: Desk, reader: Reader, item: Item) -> ItemView:
    """``item`` to be shown."""
    return _view(desk, item, reader.categories())


def item_path(item: Item) -> str:
    """The address of the item's page, relative to the newsroom's."""
    slug = slugify(item.title)
    return f"/items/{item.id}/{slug}" if slug else f"/items/{item.id}/-"


def ranked(item: Item, categories: Iterable[Category]) -> tuple[Category, ...]:
    """The item's categories that are not retired, in the order of ``categories``."""
    return tuple(category for category in categories if category.id in item.categories and category.retired is None)


def whole_text(item: Item) -> str:
    """What an excerpt is cut from: the summary, or else the text of the body."""
    return item.summary or text_of(item.content_html)


def _view(desk: Desk, item: Item, categories: Iterable[Category]) -> ItemView:
    path = item_path(item)
    url = desk.settings.base_url + path
    text = whole_text(item)
    local = item.published.astimezone(desk.settings.timezone) if item.published and not item.day else None
    return ItemView(
        item=item,
        path=path,
        url=url,
        target=item.link or url,
        categories=ranked(item, categories),
        day=item.day or (local_day(item.published, desk.settings.timezone) if item.published else None),
        machine_date=item.day.isoformat() if item.day else local.isoformat(timespec="seconds") if local else "",
        time_text=_hour(local) if local else None,
        excerpt=excerpt(text),
        lead=excerpt(text, LEAD_LENGTH),
        source_name=item.origin.source_name if item.origin else None,
        picture=shown_image(item.image, desk.settings.base_url),
    )


def _hour(local: datetime) -> str | None:
    """``09:00``. Midnight is what a program writes that knows the day alone: nobody is told an hour nobody chose."""
    return f"{local:%H:%M}" if (local.hour, local.minute) != (0, 0) else None


def item_json(desk: Desk, reader: Reader, item: Item) -> dict[str, object]:
    """The item in its one public JSON shape."""
    shown = view(desk, reader, item)
    language = desk.settings.language
    found: dict[str, object] = {
        "id": item.id,
        "guid": item.guid,
        "story_id": item.story_id,
        "url": shown.url,
        "link": item.link,
        "title": item.title,
        "summary": item.summary,
        "content_html": item.content_html,
        "language": item.language,
        "author": item.author,
        "image": shown.picture and image_json(shown.picture),
        "categories": [{"slug": each.slug, "name": each.name(language)} for each in shown.categories],
        "published": item.published and rfc3339(item.published),
        "updated": rfc3339(item.updated),
        "date_only": item.day is not None,
        "status": item.status.value,
        "source": item.origin and {"id": item.origin.source_id, "name": item.origin.source_name},
    }
    sources = credits_of(reader, item)
    if sources:
        found["sources"] = [{"id": one.source_id, "name": one.name, "link": one.link} for one in sources]
    if item.origin:
        found |= {"terms": list(item.origin.terms), "source_guid": item.origin.guid}
    elif item.brought:
        found["source_guid"] = item.brought.guid
    return found


def until_json(item: Item) -> dict[str, object]:
    """When an item is taken back by itself (``withdraw``), and until when it stands first (``pin``): staff's concern
    alone, and told only where there is such a moment."""
    known = {"withdraw": item.withdraw_at, "pin": item.pinned_until}
    return {name: rfc3339(moment) for name, moment in known.items() if moment is not None}


def image_json(shown: ShownImage) -> dict[str, object]:
    """A picture as JSON values; ``credit`` only where there is one."""
    found: dict[str, object] = {"url": shown.url, "alt": shown.alt, "width": shown.width, "height": shown.height}
    return found | ({"credit": shown.credit} if shown.credit else {})


def ending_json(ending: Ending) -> dict[str, object]:
    """The end of a category as JSON values; ``done`` is false for one that was only tried."""
    effect = ending.effect
    return {
        "category": category_json(ending.category), "successor": ending.heir and ending.heir.slug,
        "items": effect.items, "feeds": effect.feeds, "sources": effect.sources, "done": ending.done,
    }  # fmt: skip


def user_json(user: User) -> dict[str, object]:
    """A user as JSON values, without anything secret."""
    return {
        "id": user.id, "email": user.email, "role": user.role.value, "created": rfc3339(user.created),
        "disabled": user.disabled and rfc3339(user.disabled),
    }  # fmt: skip


def rules_json(rules: Iterable[Rule], categories: Iterable[Category]) -> list[dict[str, object]]:
    """A source's rules as JSON values, in the order they are tried."""
    slugs = {category.id: category.slug for category in categories}
    return [
        {
            "kind": rule.kind.value, "given": rule.given, "stop": rule.stop,
            "categories": sorted(slugs[each] for each in rule.categories if each in slugs),
        }
        for rule in rules
    ]  # fmt: skip


def flood_json(flood: Flood) -> dict[str, object]:
    """What waits together, as JSON values."""
    return {
        "source": {"id": flood.source_id, "name": flood.source_name}, "kind": flood.kind.value,
        "items": flood.items, "since": rfc3339(flood.since),
    }  # fmt: skip


def token_json(token: Token, email: str) -> dict[str, object]:
    """A token of the person of ``email`` as JSON values, without its secret."""
    return {
        "id": token.id, "email": email, "name": token.name, "role": token.role.value, "prefix": token.prefix,
        "created": rfc3339(token.created), "expires": rfc3339(token.expires),
        "used": token.used and rfc3339(token.used), "revoked": token.revoked and rfc3339(token.revoked),
    }  # fmt: skip


def source_json(reader: Reader, source: Source) -> dict[str, object]:
    """A source as JSON values; ``error`` is a message key and its arguments, or null."""
    names = {category.id: category.slug for category in reader.categories()}
    check, flood = source.check, reader.flood(source.id)
    return {
        "id": source.id, "url": source.url, "kind": source.kind.value, "name": source.name,
        "trust": source.trust.value, "language": source.language, "paused": source.paused,
        "categories": sorted(names[each] for each in source.categories if each in names),
        "map": {term: names[each] for term, each in sorted(source.map.items()) if each in names},
        "rules": rules_json(source.rules, reader.categories()), "flood": flood and flood_json(flood),
        "next_check": rfc3339(check.next_at), "last_checked": check.checked and rfc3339(check.checked),
        "last_success": check.succeeded and rfc3339(check.succeeded), "failures": check.failures,
        "error": check.error_key and {"key": check.error_key, "args": check.error_args},
    }  # fmt: skip
