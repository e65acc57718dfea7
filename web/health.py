"""For machines that watch: ``/healthz`` (feeds can be served), ``/readyz`` (the worker's beat too), ``/metrics``."""

from __future__ import annotations

from flask import Blueprint, Flask, Response

from desk.context import Desk
from desk.operating.health import Vitals, vitals
from desk.partners.audience import Today, today
from news.errors import StoreFailed
from web.context import current_desk

blueprint = Blueprint("health", __name__)
_NEVER_KEPT = {"Cache-Control": "no-store"}
_PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"


def install(app: Flask, _desk: Desk) -> None:
    """Put the three addresses on ``app``."""
    app.register_blueprint(blueprint)


@blueprint.get("/healthz")
def healthz() -> Response:
    """200 once feeds can be served."""
    try:
        current_desk().storage.change_number()
    except StoreFailed as error:
        return _said(503, error.key)
    return _said(200, "ok")


@blueprint.get("/readyz")
def readyz() -> Response:
    """200 when the worker is heard of too."""
    try:
        alive = vitals(current_desk()).worker_alive
    except StoreFailed as error:
        return _said(503, error.key)
    return _said(200, "ok") if alive else _said(503, "worker silent")


@blueprint.get("/metrics")
def metrics() -> Response:
    """The newsroom's numbers, in Prometheus' text format 0.0.4."""
    lines = "".join(_lines(vitals(current_desk()), today(current_desk())))
    return Response(lines, headers=_NEVER_KEPT, content_type=_PROMETHEUS)


def _said(status: int, text: str) -> Response:
    return Response(f"{text}\n", status, _NEVER_KEPT, content_type="text/plain; charset=utf-8")


def _lines(now: Vitals, counted: Today) -> list[str]:
    gauges = {
        "depeche_items": (now.published, "Items that are published."),
        "depeche_sources_failing": (now.failing, "Sources whose last look failed."),
        "depeche_items_overdue": (now.overdue, "Scheduled items whose time has passed."),
        "depeche_worker_alive": (int(now.worker_alive), "1 when the worker has been heard of lately."),
        "depeche_feed_fetches_today": (counted.feed_fetches, "Requests for feeds today, bots aside."),
        "depeche_block_fetches_today": (counted.block_fetches, "Requests for blocks today, bots aside."),
        "depeche_subscribers": (counted.subscribers, "Readers of all feeds, aggregators' subscribers included."),
        "depeche_partners": (counted.partners, "Partners that are known."),
        "depeche_partners_silent": (counted.silent, "Partners whose blocks nobody has asked for in a week."),
        "depeche_changes": (now.changes, "Number of the last public change."),
    }
    plain = [f"# HELP {name} {text}\n# TYPE {name} gauge\n{name} {value}\n" for name, (value, text) in gauges.items()]
    states = [f'depeche_sources{{state="{state.value}"}} {count}\n' for state, count in now.states.items()]
    return [*plain, "# HELP depeche_sources Sources by how they are doing.\n# TYPE depeche_sources gauge\n", *states]
