"""Every call of the API, with every role and nobody."""

from __future__ import annotations

import pytest

from desk.accounts.tokens import add_token
from desk.categories.named_feeds import add_named_feed
from desk.context import Desk
from desk.items.posting import post_item
from desk.notifying.webhooks import add_webhook
from desk.partners.registry import add_partner
from desk.sources.registry import NewSource, add_source
from news.drafts import Draft
from news.users import ALLOWED, Role
from web.api.routes import BASE, ROUTES

BODIES: dict[str, object] = {
    "NewItem": {"title": "N"}, "ItemChange": {"title": "N"}, "Retraction": {}, "Restoration": {},
    "Decision": {"accept": ["x"]},
    "NewRule": {"kind": "always", "categories": ["masters"]}, "RuleOrder": {"order": [1]},
    "Applying": {"dry_run": True}, "FloodVerdict": {"verdict": "refuse"},
    "NewCategory": {"name_fr": "Neuf"}, "CategoryChange": {"name_en": "N"},
    "CategoryOrder": {"order": []}, "Retirement": {"dry_run": True}, "Merger": {"into": "doctorat", "dry_run": True},
    "NewSource": {"url": "https://new.example/feed", "kind": "feed"}, "SourceTest": {"url": "nope"},
    "Invitation": {"email": "x@school.example", "role": "author"}, "UserChange": {"role": "editor"},
    "SourceChange": {"name": "N"}, "NewFeed": {"name_fr": "Les deux", "selection": "masters,doctorat"},
    "MeChange": {"language": "en"}, "NewToken": {"name": "N"}, "Joining": {"into": "x"}, "Other": {"other": "x"},
    "Bulk": {"items": ["x"], "action": "submit"}, "Undo": {"done": [{"id": "x", "version": 1}]},
    "NewPartner": {"name": "Neuf"}, "PartnerChange": {"contact": "x"},
    "FeedChange": {"name_en": "N"}, "NewWebhook": {"url": "https://x.example/"}, "WebhookChange": {"active": True},
}  # fmt: skip
PUBLIC = {"openapi", "problems"}


@pytest.fixture
def there(desk: Desk, people) -> dict[str, str]:
    add_named_feed(desk, "Deux", "ingenieurs,doctorat", actor="cli")
    return {
        "item_id": post_item(desk, Draft(title="Item"), people["author"]).id,
        "source_id": add_source(desk, NewSource(url="https://partner.example/feed", kind="feed"), "cli").id,
        "webhook_id": add_webhook(desk, "https://x.example/", (), "cli").id,
        "slug": "masters",
        "number": "1",
        "version": "1",
        "partner": add_partner(desk, "Lyon", actor="cli").partner.key,
        "token_id": add_token(desk, "author@school.example", name="T", role="author", days=1, actor="cli")[0].id,
        "user_id": people["author"].id,
    }


def sent(ask, route, there):
    slug = {"slug": "deux"} if route.path.startswith("/feeds") else {}
    path = route.path.format(**{name: (there | slug)[name] for name in route.variables})
    return ask(route.method, path, BODIES[route.body] if route.body else None, If_Match="*")


def test_every_route_of_the_application_under_api_is_declared(app):
    rules = {rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api")}
    assert rules == {route.rule for route in ROUTES}
    assert {route.name for route in ROUTES if route.action is None} == PUBLIC
    assert len({route.name for route in ROUTES}) == len(ROUTES) >= 40


@pytest.mark.parametrize("role", ["nobody", *Role])
def test_each_role_is_served_what_the_table_allows_and_nothing_else(program, there, role):
    ask = program(role)
    for route in ROUTES:
        answer = sent(ask, route, there)
        if route.name in PUBLIC:
            assert answer.status_code == 200
        elif role == "nobody":
            assert answer.status_code == 401, route.name
        elif route.action in ALLOWED[Role(role)]:
            assert answer.status_code not in (401, 403), f"{route.name}: {answer.text}"
        else:
            assert answer.status_code == 403, route.name


def test_nobody_and_too_small_a_role_change_nothing(program, there, desk):
    def stored():
        return desk.storage.change_number(), [(e.action, e.object_id) for kind in ("item", "user", "webhook", "source")
                                              for e in _history(desk, kind)]  # fmt: skip

    for role in ("nobody", "author"):
        ask, before = program(role), stored()
        for route in ROUTES:
            allowed = role != "nobody" and route.action in ALLOWED[Role(role)]
            if route.method != "GET" and not allowed:
                sent(ask, route, there)
        assert stored() == before


def _history(desk, kind):
    with desk.storage.read() as reader:
        return reader.changes([kind], 500)


def test_a_token_of_a_smaller_role_than_the_persons_may_no_more_than_its_role(program, people, desk, client):
    user = people["admin"]
    _, secret = add_token(desk, user.email, name="Small", role="author", days=1, actor=user)
    answer = client.get(f"{BASE}/users", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 403
