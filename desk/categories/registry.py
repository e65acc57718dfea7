"""Adding, renaming and ordering categories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desk.categories.views import either_json
from desk.categories.webhook_events import tell_webhooks
from desk.context import Actor, Desk, name_of
from desk.selecting import category_of
from news.categories import Category
from news.items import Change
from news.naming import called_otherwise, checked_name, first_names, renamed
from news.users import Action, User, require
from news.webhooks import Event
from storage.contract import Transaction


def list_categories(desk: Desk, *, retired: bool = False) -> tuple[Category, ...]:
    """Categories by rank; with ``retired``, those too, last."""
    with desk.storage.read() as reader:
        return tuple(category for category in reader.categories() if retired or category.retired is None)


def add_category(
    desk: Desk,
    name_fr: str,
    *,
    name_en: str | None = None,
    slug: str | None = None,
    aliases: Sequence[str] = (),
    actor: Actor,
) -> Category:
    """Add a category at the end of the order. Raises InvalidInput, and Conflict when its address is taken or reserved
    for one that had it."""
    _require(actor)
    with desk.storage.transaction() as tx:
        return put_new(desk, tx, name_fr, name_en=name_en, slug=slug, aliases=aliases, actor=actor)


def put_new(
    desk: Desk,
    tx: Transaction,
    name_fr: str,
    *,
    name_en: str | None = None,
    slug: str | None = None,
    aliases: Sequence[str] = (),
    actor: Actor,
) -> Category:
    """Add a category in ``tx``, as ``add_category`` does."""
    french, english, address = first_names(name_fr, name_en, slug, "category")
    now = desk.now()
    category = Category(
        id=desk.mint(),
        name_fr=french,
        name_en=english,
        slug=address,
        rank=max((other.rank for other in tx.categories()), default=0) + 1,
        created=now,
        aliases=tuple(dict.fromkeys(checked_name(alias, "category") for alias in aliases)),
    )
    tx.put_category(category, now)
    data: dict[str, object] = {"name_fr": category.name_fr, "name_en": category.name_en, "slug": category.slug}
    tx.add_change(Change("category", category.id, now, name_of(actor), "added", data=data))
    return category


def rename_category(
    desk: Desk,
    slug: str,
    *,
    name_fr: str | None = None,
    name_en: str | None = None,
    new_slug: str | None = None,
    aliases: Sequence[str] | None = None,
    actor: Actor,
) -> Category:
    """Change a category's names or address; its feeds keep their ids, the old address leads to the new one, and the
    old names stay aliases. Raises NotFound, Gone, InvalidInput, Conflict."""
    _require(actor)
    now = desk.now()
    with desk.storage.transaction() as tx:
        before = category_of(tx, slug)
        after = renamed(before, name_fr, name_en, new_slug, "category")
        kept = before.aliases if aliases is None else tuple(checked_name(alias, "category") for alias in aliases)
        names = {after.name_fr, after.name_en}
        others = dict.fromkeys((*kept, before.name_fr, before.name_en))
        after = replace(after, aliases=tuple(name for name in others if name not in names))
        if after != before:
            tx.put_category(after, now)
            data: dict[str, object] = {"name_fr": after.name_fr, "name_en": after.name_en, "slug": after.slug}
            tx.add_change(Change("category", after.id, now, name_of(actor), "renamed", data=data))
        stored = tx.category_of_slug(after.slug) or after
        if called_otherwise(before, stored):
            tell_webhooks(tx, Event.CATEGORY_RENAMED, stored, now, before=either_json(before))
        return stored


def order_categories(desk: Desk, slugs: Sequence[str], actor: Actor) -> tuple[Category, ...]:
    """Put the named categories first, in this order; the others follow in the order they had. Raises NotFound, Gone."""
    _require(actor)
    now = desk.now()
    with desk.storage.transaction() as tx:
        chosen = list(dict.fromkeys(category_of(tx, slug).id for slug in slugs))
        others = [category.id for category in tx.categories() if category.id not in chosen]
        tx.put_ranks([*chosen, *others], now)
        tx.add_change(Change("category", "order", now, name_of(actor), "ordered", data={"order": list(slugs)}))
    return list_categories(desk)


def _require(actor: Actor) -> None:
    if isinstance(actor, User):
        require(actor, Action.CATEGORIES)
