"""The web application: settings → desk → web. Importing this module does nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask

if TYPE_CHECKING:
    from desk.context import Desk


def create_app(desk: Desk | None = None) -> Flask:
    """The Flask application over ``desk``; without one, over the desk that the environment's settings describe.

    Raises StoreFailed when the database cannot be opened and InvalidInput when a setting is wrong.
    """
    from desk.context import open_desk
    from desk.settings import load_settings
    from web import install

    app = Flask("depeche", template_folder="templates", static_folder="static", root_path=_root())
    install(app, desk or open_desk(load_settings()))
    return app


def _root() -> str:
    from pathlib import Path

    return str(Path(__file__).parent)
