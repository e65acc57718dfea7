from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from desk.context import Desk


@pytest.fixture
def desk(desk: Desk, clock: Callable[[], datetime]) -> Desk:
    """A newsroom an hour after it was made."""
    clock.forward(hours=1)
    return desk


@pytest.fixture
def app(desk: Desk) -> Flask:
    return create_app(desk)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
