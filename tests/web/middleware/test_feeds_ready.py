"""The layer in front of the application: the same answers, without the way through it."""

import pytest
from flask import abort
from werkzeug.test import Client

ADDRESSES = [
    "/feeds/masters.atom", "/feeds/all.en.json", "/embed/masters.html?limit=2", "/embed/masters", "/embed/masters.json",
    "/embed/all.fr.email.html", "/embed/all.txt?limit=1", "/embed.js",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_ready_answer_does_not_enter_the_application(app, address: str) -> None:
    app.before_request(lambda: abort(500))
    assert app.test_client().get(address).status_code == 200
    assert app.test_client().post(address).status_code == 500


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("asked", [{}, {"Accept-Encoding": "br"}, {"If-None-Match": "*"}])
@pytest.mark.parametrize("address", ADDRESSES)
def test_the_application_behind_it_gives_the_same_answer(app, post, address: str, method: str, asked) -> None:
    post("Une visite", "masters")
    front, behind = (Client(way).open(address, method=method, headers=asked) for way in (app, app.wsgi_app.inner))
    assert (front.status_code, front.data) == (behind.status_code, behind.data)
    assert set(front.headers.items()) <= set(behind.headers.items())
