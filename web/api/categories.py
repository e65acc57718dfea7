"""Categories: reading them, and adding, renaming, ordering and ending them."""

from __future__ import annotations

from desk.categories.ending import merge_category, retire_category
from desk.categories.ending_views import ending_json
from desk.categories.registry import add_category, list_categories, order_categories, rename_category
from desk.categories.views import category_json
from desk.selecting import category_of
from news.users import Action
from web.api.routes import Answer, Asked, call
from web.api.schema import YES


def current(asked: Asked) -> Answer:
    """The category of the address, for ``If-Match``."""
    with asked.desk.storage.read() as reader:
        return Answer(category_json(category_of(reader, asked.path["slug"])))


def _all(asked: Asked) -> Answer:
    return Answer({"order": [each.slug for each in list_categories(asked.desk)]})


@call(
    "GET",
    "/categories",
    Action.WRITE,
    "categories",
    "List categories by rank",
    answer="CategoryList",
    query={"retired": YES},
)
def categories(asked: Asked) -> Answer:
    """Categories; with ``retired=true`` those too, last."""
    found = list_categories(asked.desk, retired=asked.query.get("retired") is True)
    return Answer([category_json(each) for each in found])


@call("GET", "/categories/{slug}", Action.WRITE, "categories", "Read a category", answer="Category")
def category(asked: Asked) -> Answer:
    """The category that has, or had, this slug."""
    return current(asked)


@call(
    "POST", "/categories", Action.CATEGORIES, "categories", "Add a category after the others", body="NewCategory",
    answer="Category", status=201, writes=True, makes=True,
)  # fmt: skip
def add_a_category(asked: Asked) -> Answer:
    """Add it."""
    made = add_category(
        asked.desk, asked.text("name_fr"), name_en=asked.text("name_en") or None, slug=asked.text("slug") or None,
        aliases=asked.texts("aliases"), actor=asked.user,
    )  # fmt: skip
    return Answer(category_json(made), location=f"/categories/{made.slug}")


@call(
    "PATCH", "/categories/{slug}", Action.CATEGORIES, "categories", "Rename a category (its old addresses lead on)",
    body="CategoryChange", answer="Category", writes=True, current=current, guarded=True, tries=True,
)  # fmt: skip
def rename_a_category(asked: Asked) -> Answer:
    """Change its names, its slug, its aliases. ``dry_run`` writes nothing: ``past_slugs`` are what would lead on."""
    changed = rename_category(
        asked.desk, asked.path["slug"], name_fr=asked.said("name_fr"), name_en=asked.said("name_en"),
        new_slug=asked.said("slug"), aliases=asked.texts("aliases") if "aliases" in asked.body else None,
        actor=asked.user,
    )  # fmt: skip
    return Answer(category_json(changed))


@call("GET", "/category-order", Action.WRITE, "categories", "The order of the categories", answer="CategoryOrder")
def category_order(asked: Asked) -> Answer:
    """Slugs by rank."""
    return _all(asked)


@call(
    "PUT", "/category-order", Action.CATEGORIES, "categories", "Put categories first, in this order",
    body="CategoryOrder", answer="CategoryOrder", writes=True, current=_all, guarded=True,
)  # fmt: skip
def order_the_categories(asked: Asked) -> Answer:
    """Those not named follow in the order they had."""
    order_categories(asked.desk, asked.texts("order"), asked.user)
    return _all(asked)


@call(
    "POST", "/categories/{slug}/retire", Action.CATEGORIES, "categories", "End a category, or say what that would do",
    body="Retirement", answer="Ending", writes=True, current=current,
)  # fmt: skip
def retire(asked: Asked) -> Answer:
    """End it; ``dry_run`` writes nothing."""
    return Answer(ending_json(retire_category(
        asked.desk, asked.path["slug"], successor=asked.text("successor") or None, actor=asked.user,
        dry_run=asked.dry,
    )))  # fmt: skip


@call(
    "POST", "/categories/{slug}/merge", Action.CATEGORIES, "categories",
    "Make a category part of another, or say what that would do",
    body="Merger", answer="Ending", writes=True, current=current,
)  # fmt: skip
def merge(asked: Asked) -> Answer:
    """Merge it; ``dry_run`` writes nothing."""
    return Answer(ending_json(merge_category(
        asked.desk, asked.path["slug"], asked.text("into"), actor=asked.user,
        dry_run=asked.dry,
    )))  # fmt: skip
