"""The newsroom as a whole: what is planned, who reads it, how it is, and how it is set up."""

from __future__ import annotations

from datetime import date, timedelta

from desk.effective_settings import settings_in_force
from desk.items.planned import planned
from desk.operating.health import vitals
from desk.operating.maintenance import Problem, checkup
from desk.partners.audience import Numbers, audience
from desk.partners.views import carrier_json
from news.days import local_day
from news.errors import BadQuery, DepecheError, InvalidInput
from news.users import Action
from web.api.items import staff_json
from web.api.routes import Answer, Asked, Shape, call
from web.context import words

_USUAL_DAYS, _MOST_DAYS = 31, 366
_EARLIEST, _LATEST = 1900, 2199
_DAY: Shape = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_DAYS: dict[str, Shape] = {
    "from": _DAY | {"description": "A day of the newsroom’s; today unless said."},
    "to": _DAY | {"description": "The last day; a month after the first unless said, a year at most."},
}


@call(
    "GET", "/calendar", Action.WRITE, "newsroom", "What is scheduled, or carries a date ahead, by day",
    answer="PlannedList", query=_DAYS,
)  # fmt: skip
def calendar(asked: Asked) -> Answer:
    """Authors see their own items."""
    today = local_day(asked.desk.now(), asked.desk.settings.timezone)
    first = _day(asked, "from") or today
    last = _day(asked, "to") or first + timedelta(days=_USUAL_DAYS)
    if not 0 <= (last - first).days <= _MOST_DAYS:
        raise BadQuery({"to": InvalidInput("api.calendar.long", most=_MOST_DAYS)})
    owner = None if asked.user.may(Action.EDIT_ANY) else asked.user.id
    with asked.desk.storage.read() as reader:
        return Answer([
            {"day": day.isoformat(), "item": staff_json(asked.desk, reader, item)}
            for day, item in planned(asked.desk, first, last, owner)
        ])  # fmt: skip


@call(
    "GET", "/audience", Action.PARTNERS, "newsroom", "Who reads each feed and carries each block: the last 30 days",
    answer="Audience",
)  # fmt: skip
def read_audience(asked: Asked) -> Answer:
    """Feeds, the most read first; blocks, the most shown first; sites, seen last first."""
    found = audience(asked.desk, words().language)
    return Answer({
        "since": found.since.isoformat(), "feeds": [_numbers(each) for each in found.feeds],
        "blocks": [_numbers(each) for each in found.blocks], "sites": [carrier_json(each) for each in found.sites],
    })  # fmt: skip


@call("GET", "/health", Action.SETTINGS, "newsroom", "What is wrong, and what to do", answer="Health")
def health(asked: Asked) -> Answer:
    """As ``depeche check`` says it, and the newsroom's numbers."""
    found = vitals(asked.desk)
    return Answer({
        "problems": [_problem(each) for each in checkup(asked.desk)], "worker_alive": found.worker_alive,
        "published": found.published, "overdue": found.overdue, "failing_sources": found.failing,
        "sources": {state.value: count for state, count in found.states.items()},
    })  # fmt: skip


@call("GET", "/settings", Action.SETTINGS, "newsroom", "How the newsroom is set up", answer="SettingList")
def settings(asked: Asked) -> Answer:
    """Of what is secret it is told whether it is there."""
    return Answer([
        {"name": each.name, "value": each.value, "secret": each.secret}
        for each in settings_in_force(asked.desk.settings)
    ])  # fmt: skip


def _day(asked: Asked, name: str) -> date | None:
    given = asked.asked(name)
    if given is None:
        return None
    try:
        found = date.fromisoformat(given)
    except ValueError:
        found = date.min
    if not _EARLIEST <= found.year <= _LATEST:
        raise BadQuery({name: InvalidInput("api.day", given=given[:20])})
    return found


def _numbers(each: Numbers) -> dict[str, object]:
    return {
        "selection": each.address, "title": each.title, "subscribers": each.subscribers, "readers": each.readers,
        "fetches": each.fetches, "forms": each.forms, "bots": each.bots, "aggregators": each.aggregators,
    }  # fmt: skip


def _problem(found: Problem) -> dict[str, object]:
    args = {
        name: words()(value.key, **value.message_args) if isinstance(value, DepecheError) else value
        for name, value in found.args.items()
    }
    return {"code": found.key, "problem": words()(found.key, **args), "advice": words()(found.advice_key, **args)}
