"""Every address the application answers is in one table: what it needs, from the routes themselves."""

import pytest
from flask import Flask

from news.users import ALLOWED, Action, Role
from web.api.routes import ROUTES
from web.staff.access import needed

# Whole blueprints that are for everybody: what they show is public, and they change nothing.
PUBLIC = {
    "static", "public", "feeds", "archives", "embed", "embed_builder", "embed_item", "embed_script", "oembed", "health",
    "media", "sitemap", "feed_pages", "theme_css", "favicon",
}  # fmt: skip
# Pages before the desk: open to those who are not signed in, each with its own proof.
DOOR = {
    "auth.login", "auth.check", "auth.logout", "auth.code", "auth.take_code", "auth.link", "auth.use_link",
    "auth.forgotten", "auth.ask_link", "auth.sso", "auth.sso_back",
}  # fmt: skip

API = {route.name: route.action for route in ROUTES}


def kind_of(endpoint: str) -> str | Action | None:
    """What the address needs: ``public``, ``door``, an action of the role table, or None when nobody said."""
    if endpoint in DOOR:
        return "door"
    if endpoint.startswith("api."):
        return API[endpoint.removeprefix("api.")] or "public"
    if endpoint.startswith("staff."):
        return needed(endpoint)
    return "public" if endpoint.partition(".")[0] in PUBLIC else None


def test_every_route_is_in_the_table(app: Flask):
    told = {rule.endpoint: kind_of(rule.endpoint) for rule in app.url_map.iter_rules()}
    assert [endpoint for endpoint, kind in told.items() if kind is None] == []
    assert {kind for kind in told.values() if isinstance(kind, Action)} == set(Action)
    assert [endpoint for endpoint in DOOR if endpoint not in told] == []


def test_what_is_public_only_reads(app: Flask):
    writing = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if kind_of(rule.endpoint) == "public" and (rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}
    }
    assert writing == set()


@pytest.mark.parametrize(("less", "more"), [(Role.AUTHOR, Role.EDITOR), (Role.EDITOR, Role.ADMIN)])
def test_each_role_may_all_that_the_one_below_may(less, more):
    assert ALLOWED[less] < ALLOWED[more]
