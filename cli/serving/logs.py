"""What the running parts write on standard error: warnings, errors and turns of events, as text or as JSON lines."""

from __future__ import annotations

import json
import logging
import logging.config
from datetime import UTC, datetime
from typing import Any


class JsonLines(logging.Formatter):
    """One JSON object a line: ``time`` (RFC 3339, UTC), ``level``, ``logger``, ``message``, and ``error`` if any."""

    def format(self, record: logging.LogRecord) -> str:
        """``record`` as a line."""
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            told["error"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)


def config(log_format: str) -> dict[str, Any]:
    """A configuration for ``logging.config.dictConfig``. ``log_format``: ``text`` or ``json``."""
    text = {"()": "logging.Formatter", "fmt": "%(asctime)s %(levelname)s %(name)s: %(message)s"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": JsonLines} if log_format == "json" else text},
        "handlers": {"error": {"class": "logging.StreamHandler", "stream": "ext://sys.stderr", "formatter": "line"}},
        "root": {"handlers": ["error"], "level": "WARNING"},
        # A tick that finds the last one still reading slow sources is usual, and APScheduler's word for it a warning.
        "loggers": {"depeche": {"level": "INFO"}, "apscheduler": {"level": "ERROR"}, "uvicorn": {"level": "ERROR"}},
    }


def configure(log_format: str) -> None:
    """Log in ``log_format`` from now on."""
    logging.config.dictConfig(config(log_format))


def keep_quiet() -> None:
    """Log nothing: a command that somebody waits for says itself what went wrong, in words."""
    logging.getLogger("depeche").addHandler(logging.NullHandler())
