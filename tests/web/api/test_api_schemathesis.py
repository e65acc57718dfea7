"""schemathesis against the OpenAPI document: whatever is sent, every answer is one it declares, in the shape it
declares, and nothing the document forbids is taken."""

from __future__ import annotations

from datetime import UTC, datetime
from unittest import SkipTest

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.config import GenerationConfig, ProjectConfig, ProjectsConfig, SchemathesisConfig

from app import create_app
from desk.accounts.tokens import add_token
from desk.categories.registry import add_category
from desk.context import open_desk
from desk.settings import Settings
from news.users import Role, User
from web.api.routes import BASE, ROUTES

load_all_checks()
# What is well formed may still be refused (a category that is not there). That no call ignores the token is shown by
# test_api_roles for every call: schemathesis takes the good token for one it has made up.
LEFT_OUT = {"ignored_auth", "positive_data_acceptance", "use_after_free", "ensure_resource_availability"}
# What is looked at takes the same time however many calls there are.
EXAMPLES = max(4, 640 // len(ROUTES))
CHOSEN = [check for check in CHECKS.get_all() if check.__name__ not in LEFT_OUT]


@pytest.fixture(scope="module")
def described(tmp_path_factory):
    """The API of a newsroom of its own, asked by an admin's program."""
    given = Settings(database=tmp_path_factory.mktemp("api") / "depeche.db", base_url="http://localhost")
    desk = open_desk(given, clock=lambda: datetime(2026, 3, 2, 9, 0, tzinfo=UTC), create=True)
    for name in ("Masters", "Doctorat"):
        add_category(desk, name, actor="cli")
    user = User(desk.mint(), "admin@school.example", Role.ADMIN, "x", desk.now(), "en")
    with desk.storage.transaction() as tx:
        tx.put_user(user)
    _, secret = add_token(desk, user.email, name="schemathesis", role="admin", days=1, actor=user)
    generation = GenerationConfig(
        deterministic=True, max_examples=EXAMPLES, no_shrink=True, with_security_parameters=False
    )
    project = ProjectConfig(headers={"Authorization": f"Bearer {secret}"}, generation=generation)
    config = SchemathesisConfig(projects=ProjectsConfig(default=project), seed=1)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", create_app(desk), config=config)
    desk.storage.close()


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["right", "wrong"])
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_every_call_answers_as_it_is_described(described, route, mode):
    operation = described[BASE + route.path][route.method]

    @settings(
        max_examples=EXAMPLES, derandomize=True, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode))
    def asked(case):
        case.call_and_validate(checks=CHOSEN)

    try:
        asked()
    except (Unsatisfiable, SkipTest):
        assert mode is GenerationMode.NEGATIVE, "there is nothing right to ask"
