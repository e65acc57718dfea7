"""Named feeds: selections with a name and an address of their own."""

from __future__ import annotations

from desk.categories.ending_views import feed_ending_json
from desk.categories.named_feed_views import named_feed_json
from desk.categories.named_feeds import (
    add_named_feed,
    change_named_feed,
    list_named_feeds,
    named_feed,
    rename_named_feed,
)
from desk.categories.named_feeds_ending import retire_named_feed
from news.users import Action
from web.api.routes import Answer, Asked, call
from web.api.schema import YES


def current(asked: Asked) -> Answer:
    """The named feed of the address, for ``If-Match``; how many items it shows is no edition of it."""
    told = named_feed_json(named_feed(asked.desk, asked.path["slug"]))
    edition = {name: value for name, value in told.items() if name != "items"}
    return Answer(told, edition=edition, location=f"/feeds/{told['slug']}")


@call("GET", "/feeds", Action.WRITE, "feeds", "List named feeds", answer="FeedList", query={"retired": YES})
def feeds(asked: Asked) -> Answer:
    """Named feeds in the order they were made; with ``retired=true`` those too, last."""
    found = list_named_feeds(asked.desk, ended=asked.query.get("retired") is True)
    return Answer([named_feed_json(each) for each in found])


@call("GET", "/feeds/{slug}", Action.WRITE, "feeds", "Read a named feed", answer="Feed")
def feed(asked: Asked) -> Answer:
    """The named feed that has, or had, this slug."""
    return current(asked)


@call(
    "POST", "/feeds", Action.CATEGORIES, "feeds", "Give a selection a name and an address", body="NewFeed",
    answer="Feed", status=201, writes=True, makes=True,
)  # fmt: skip
def add_a_feed(asked: Asked) -> Answer:
    """Add it; items come to it dated as they are."""
    made = add_named_feed(
        asked.desk, asked.text("name_fr"), asked.text("selection"), name_en=asked.text("name_en") or None,
        slug=asked.text("slug") or None, actor=asked.user,
    )  # fmt: skip
    return Answer(named_feed_json(made), location=f"/feeds/{made.feed.slug}")


@call(
    "PATCH", "/feeds/{slug}", Action.CATEGORIES, "feeds", "Rename a named feed, or let it show another selection",
    body="FeedChange", answer="Feed", writes=True, current=current, guarded=True, tries=True,
)  # fmt: skip
def change_a_feed(asked: Asked) -> Answer:
    """Change its selection, its names, its slug. ``dry_run`` writes nothing: ``moving`` says what would come and go."""
    slug, moving = asked.path["slug"], None
    if "selection" in asked.body:
        moving = change_named_feed(asked.desk, slug, asked.text("selection"), actor=asked.user).moving
    rename_named_feed(
        asked.desk, slug, name_fr=asked.said("name_fr"), name_en=asked.said("name_en"), new_slug=asked.said("slug"),
        actor=asked.user,
    )  # fmt: skip
    made = current(asked)
    if not (asked.dry and moving and isinstance(made.value, dict)):
        return made
    return Answer({**made.value, "moving": {"coming": moving.coming, "leaving": moving.leaving}})


@call(
    "POST", "/feeds/{slug}/retire", Action.CATEGORIES, "feeds", "End a named feed, or say what that would do",
    body="Retirement", answer="FeedEnding", writes=True, current=current,
)  # fmt: skip
def retire_a_feed(asked: Asked) -> Answer:
    """End it; ``dry_run`` writes nothing."""
    return Answer(feed_ending_json(retire_named_feed(
        asked.desk, asked.path["slug"], successor=asked.text("successor") or None, actor=asked.user,
        dry_run=asked.dry,
    )))  # fmt: skip
