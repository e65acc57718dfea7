import json
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from desk.accounts.tokens import add_token
from desk.context import Desk
from desk.settings import Settings
from news.users import Role, User

BASE = "/api/v1"


class Program:
    """A program with a token: sends and reads JSON."""

    def __init__(self, client: FlaskClient, secret: str | None) -> None:
        self.client = client
        self.head = {"Authorization": f"Bearer {secret}"} if secret else {}

    def __call__(self, method: str, path: str, body: object = None, **headers: str) -> TestResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        return self.client.open(BASE + path, method=method, headers=self.head | named, **sent)

    def get(self, path: str, **headers: str) -> TestResponse:
        return self("GET", path, **headers)

    def post(self, path: str, body: object = None, **headers: str) -> TestResponse:
        return self("POST", path, body, **headers)

    def change(self, method: str, path: str, body: object = None, at: str | None = None) -> TestResponse:
        """Change what stands at ``at`` (``path`` unless given), as it was last read."""
        return self(method, path, body, If_Match=self.get(at or path).headers["ETag"])


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        database=tmp_path / "depeche.db", base_url="http://localhost", language="en", given_secret_key="k" * 32
    )


@pytest.fixture
def people(desk: Desk) -> dict[str, User]:
    """One person of each role, by role."""
    found = {role.value: User(desk.mint(), f"{role}@school.example", role, "x", desk.now(), "en") for role in Role}
    with desk.storage.transaction() as tx:
        for user in found.values():
            tx.put_user(user)
    return found


@pytest.fixture
def program(desk: Desk, client: FlaskClient, people: dict[str, User]) -> Callable[[str], Program]:
    """A program with a token of this role; with none for ``nobody``."""

    def made(role: str) -> Program:
        if role == "nobody":
            return Program(client, None)
        user = people[role]
        return Program(client, add_token(desk, user.email, name="Test", role=role, days=30, actor=user)[1])

    return made


@pytest.fixture
def admin(program: Callable[[str], Program]) -> Program:
    return program("admin")


@pytest.fixture
def editor(program: Callable[[str], Program]) -> Program:
    return program("editor")


@pytest.fixture
def author(program: Callable[[str], Program]) -> Program:
    return program("author")


@pytest.fixture
def nobody(program: Callable[[str], Program]) -> Program:
    return program("nobody")
