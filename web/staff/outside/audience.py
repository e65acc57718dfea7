"""Who reads each feed, how much each block is shown, and on which sites: the last thirty days."""

from __future__ import annotations

from flask import render_template

from desk.partners.audience import audience as counted
from news.users import Action
from web.context import current_desk, words
from web.staff.access import needs, staff

WIDTH, HEIGHT = 120, 24


@staff.get("/audience")
@needs(Action.PARTNERS)
def audience() -> str:
    """The numbers."""
    found = counted(current_desk(), words().language)
    days = current_desk().settings.statistics_days
    return render_template("staff/audience.html", found=found, days=days, line=sparkline, width=WIDTH, height=HEIGHT)


def sparkline(numbers: list[int]) -> str:
    """The points of a line through ``numbers``, 120 by 24, the greatest at the top."""
    most, step = max(max(numbers), 1), WIDTH / (len(numbers) - 1)
    return " ".join(
        f"{place * step:.1f},{HEIGHT - 1 - (HEIGHT - 2) * number / most:.1f}" for place, number in enumerate(numbers)
    )
