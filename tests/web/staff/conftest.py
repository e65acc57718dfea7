import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from desk.accounts.passwords import hashed
from desk.context import Desk
from desk.settings import Settings
from news.users import Role, User

PASSWORD = "a long enough password"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Browser:
    """A person at a browser: keeps the cookie, and sends forms with the token of the page they stand on."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.token = ""

    def get(self, path: str, **said: object) -> TestResponse:
        answer = self.client.get(path, **said)
        if answer.mimetype == "text/html" and (found := TOKEN.search(answer.text)):
            self.token = found[1]
        return answer

    def post(self, path: str, data: dict[str, object] | None = None, **said: object) -> TestResponse:
        return self.client.post(path, data={"csrf_token": self.token, **(data or {})}, **said)

    def sign_in(self, email: str, password: str = PASSWORD, **more: object) -> TestResponse:
        self.get("/staff/login")
        answer = self.post("/staff/login", {"email": email, "password": password, **more})
        if answer.status_code == 303:
            self.get("/staff/items/new")
        return answer


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        database=tmp_path / "depeche.db", base_url="http://localhost", language="en", given_secret_key="k" * 32
    )


@pytest.fixture(scope="session")
def password_hash() -> str:
    return hashed(PASSWORD)


@pytest.fixture
def people(desk: Desk, password_hash: str) -> dict[str, User]:
    """One person of each role, by role."""
    found = {
        role.value: User(desk.mint(), f"{role}@school.example", role, password_hash, desk.now(), "en") for role in Role
    }
    with desk.storage.transaction() as tx:
        for user in found.values():
            tx.put_user(user)
    return found


@pytest.fixture
def nobody(app: Flask, people: dict[str, User]) -> Browser:
    return Browser(app.test_client())


@pytest.fixture
def signed_in(app: Flask, people: dict[str, User]) -> Callable[[str], Browser]:
    """A browser in which the person of this role has signed in."""

    def enter(role: str) -> Browser:
        browser = Browser(app.test_client())
        assert browser.sign_in(people[role].email).status_code == 303
        return browser

    return enter


@pytest.fixture
def editor(signed_in: Callable[[str], Browser]) -> Browser:
    return signed_in("editor")


@pytest.fixture
def author(signed_in: Callable[[str], Browser]) -> Browser:
    return signed_in("author")


@pytest.fixture
def admin(signed_in: Callable[[str], Browser]) -> Browser:
    return signed_in("admin")
