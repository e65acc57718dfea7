"""What storage promises about how sources are doing: the log of looks, their items by week, what staff were told. Part
of ``storage.contract``."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

from news.health import Look, State


class HealthReader(Protocol):
    """Reading it."""

    def looks(self, source_id: str, limit: int) -> tuple[Look, ...]:
        """The log of a source, latest first."""

    def weekly(self, source_ids: Collection[str], until: datetime, weeks: int) -> dict[str, tuple[int, ...]]:
        """How many items of each source are dated in each of the ``weeks`` (of seven days, the last one ending at
        ``until``), oldest first; copies and withdrawn ones too. A source without any has zeros."""

    def told_of_sources(self) -> dict[str, State]:
        """Which trouble staff were last told of, by the sources' ids; those that were told to be well are missing."""


class HealthWriter(Protocol):
    """Writing it."""

    def add_looks(self, looks: Mapping[str, Look]) -> None:
        """Put a line in the log of each source, by id. Of a log the last 200 lines of 90 days are kept."""

    def put_told(self, told: Mapping[str, State]) -> None:
        """Remember what staff were told, by the sources' ids; WELL forgets the trouble."""
