"""More than the web server takes: whoever sends it reads why, in their language, and what to do."""

import json
import re

import pytest

from desk.accounts.tokens import add_token
from desk.accounts.users import add_user, set_language
from net.serving.limits import Limits
from tests.web_server import one_answer, serving

SENT = b"x" * 100_000
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def served(app):
    with serving(app, limits=Limits(body=20_000)) as made:
        yield made


def post(served, path, body=SENT, method="POST", **fields):
    given = {"Host": "x", "Content-Length": str(len(body)), **fields}
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in given.items())
    with served.connect() as connection:
        connection.sendall(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body)
        status, fields, answer = one_answer(connection)
        return status, fields, answer.decode()


def signed_in(served):
    """The cookie and the token of somebody who is signed in."""
    with served.connect() as connection:
        connection.sendall(b"GET /staff/login HTTP/1.1\r\nHost: x\r\n\r\n")
        _, fields, page = one_answer(connection)
    cookie = fields["set-cookie"].partition(";")[0]
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.decode())[1]
    typed = f"email=redaction%40ecole.example&password=un+mot+de+passe&csrf_token={token}".encode()
    status, fields, _ = post(served, "/staff/login", typed, Cookie=cookie, **FORM)
    assert status == 303
    return fields["set-cookie"].partition(";")[0]


@pytest.mark.parametrize(
    ("language", "said"), [("fr", "une image de 10 Mo au plus"), ("en", "a picture of 10 MB at most")]
)
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_staff_are_told_what_the_most_is_and_led_back_to_their_form(served, desk, language, said, kind):
    set_language(desk, add_user(desk, "redaction@ecole.example", "editor", "un mot de passe", "test"), language)
    cookie = signed_in(served)
    status, fields, page = post(served, "/staff/items/new", Cookie=cookie, Content_Type=kind)

    assert (status, fields["cache-control"]) == (413, "no-store")
    assert said in " ".join(page.split()) and 'href="/staff/items/new"' in page


@pytest.mark.parametrize(
    ("language", "said"), [("fr", "les 4\u00a0Mo admis ici"), ("en", "than the 4 MB allowed here")]
)
def test_whoever_is_at_the_door_is_told_too(served, language, said):
    status, _, page = post(served, f"/staff/login?lang={language}", **FORM)

    assert status == 413 and said in page and f'<html lang="{language}"' in page and 'href="/' in page


def test_a_program_is_told_as_programs_are(served, desk):
    user = add_user(desk, "redaction@ecole.example", "editor", "un mot de passe", "test")
    _, secret = add_token(desk, user.email, name="Test", role="editor", days=30, actor=user)
    bearer = {"Authorization": f"Bearer {secret}", "Accept-Language": "en"}
    status, fields, said = post(served, "/api/v1/items", Content_Type="application/json", **bearer)

    assert (status, fields["content-type"]) == (413, "application/problem+json")
    assert json.loads(said)["detail"] == "The body of the request is too large: 4 MB at most."


def test_who_may_not_send_anything_is_told_that_first(served):
    assert post(served, "/api/v1/items", Content_Type="application/json")[0] == 401
    assert post(served, "/nowhere")[0] == 404
    assert post(served, "/feeds/all.atom")[0] == 405


def test_what_is_asked_for_with_too_much_beside_is_given_all_the_same(served):
    assert post(served, "/feeds/all.atom", method="GET")[0] == 200
