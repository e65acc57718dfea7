"""Sources: reading them, adding, trying, pausing, removing, and having them looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from desk.sources.editing import SourceEdit, edit_source
from desk.sources.health import health_json, overview
from desk.sources.refreshing import refresh_soon
from desk.sources.registry import (
    NewSource,
    Trial,
    add_source,
    get_source,
    list_sources,
    pause_source,
    remove_source,
    resume_source,
    try_source,
)
from desk.sources.views import source_json
from news.errors import InvalidInput
from news.health import State
from news.links import checked_url
from news.sources import Kind, Selectors, Source
from news.users import Action
from web.api.routes import Answer, Asked, call
from web.api.schema import TEXT
from web.context import words

_FOUND = ("next_check", "last_checked", "last_success", "failures", "error", "flood")


def shown(asked: Asked, source: Source) -> Answer:
    """A source as an answer; what checks found out is no edition of it."""
    with asked.desk.storage.read() as reader:
        told = source_json(reader, source)
    edition = {name: value for name, value in told.items() if name not in _FOUND}
    return Answer(told, edition=edition, location=f"/sources/{source.id}")


def current(asked: Asked) -> Answer:
    """The source of the address, for ``If-Match``."""
    return shown(asked, get_source(asked.desk, asked.path["source_id"]))


@call(
    "GET", "/sources", Action.SOURCES, "sources", "List sources by name", answer="SourceList",
    query={"state": {"type": "string", "enum": list(State)}, "q": TEXT | {"maxLength": 200}},
)  # fmt: skip
def sources(asked: Asked) -> Answer:
    """Sources that have not been removed: all of them, or those in a ``state``, or of which a name or address holds
    ``q``; these need a person first, then go by name."""
    state, text = asked.asked("state") or "", asked.asked("q") or ""
    found = list_sources(asked.desk)
    if state or text:
        chosen = overview(asked.desk, state=state, text=text, limit=len(found))
        found = tuple(each.source for each in chosen.sources)
    with asked.desk.storage.read() as reader:
        return Answer([source_json(reader, each) for each in found])


@call("GET", "/sources/{source_id}", Action.SOURCES, "sources", "Read a source", answer="Source")
def source(asked: Asked) -> Answer:
    """A source, and how it is doing."""
    return current(asked)


@call("GET", "/sources/{source_id}/health", Action.SOURCES, "sources", "How a source is doing", answer="SourceHealth")
def source_health(asked: Asked) -> Answer:
    """Its state, its items in each of the last 26 weeks, and what looks at it found."""
    return Answer(health_json(asked.desk, get_source(asked.desk, asked.path["source_id"]), whole=True))


def _with_its_kind(asked: Asked) -> Asked:
    """Ahead of the turn to write: what kind of source it is, where that is to be found out."""
    if asked.text("kind", "auto") != "auto":
        return asked
    url = checked_url(asked.text("url"))
    with asked.desk.storage.read() as reader:
        if reader.source_of_url(url):
            return asked
    trial = try_source(asked.desk, url, selectors=_selectors(asked))
    if trial.error or trial.kind is None:
        raise trial.error or InvalidInput("source.kind.unknown", given="auto", choices=", ".join(Kind))
    named = asked.text("name") or trial.title or ""
    return replace(asked, body={**asked.body, "kind": trial.kind.value, "name": named})


@call(
    "POST", "/sources", Action.SOURCES, "sources", "Add a source; the same address again gives the one that is there",
    body="NewSource", answer="Source", status=201, writes=True, before=_with_its_kind, fetches=True, makes=True,
)  # fmt: skip
def add_a_source(asked: Asked) -> Answer:
    """Add it, due at once."""
    new = NewSource(
        url=asked.text("url"), kind=asked.text("kind", "auto"), name=asked.text("name"), map=_map(asked),
        categories=asked.texts("categories"), trust=asked.text("trust", "review"), language=asked.text("language"),
        selectors=_selectors(asked),
    )  # fmt: skip
    return shown(asked, add_source(asked.desk, new, asked.user))


def _with_its_new_kind(asked: Asked) -> Asked:
    """Ahead of the turn to write: the kind, where it is to be found out."""
    if asked.text("kind") != "auto":
        return asked
    there = get_source(asked.desk, asked.path["source_id"])
    trial = try_source(
        asked.desk,
        asked.text("url") or there.url,
        selectors=_selectors(asked) if "selectors" in asked.body else there.selectors,
    )
    if trial.error or trial.kind is None:
        raise trial.error or InvalidInput("source.kind.unknown", given="auto", choices=", ".join(Kind))
    return replace(asked, body={**asked.body, "kind": trial.kind.value})


@call(
    "PATCH", "/sources/{source_id}", Action.SOURCES, "sources", "Change a source", body="SourceChange", answer="Source",
    writes=True, current=current, guarded=True, before=_with_its_new_kind, fetches=True,
)  # fmt: skip
def change_a_source(asked: Asked) -> Answer:
    """Change what is sent; what it has brought stays as it is."""
    body = asked.body
    given = {name: asked.text(name) for name in ("url", "kind", "name", "trust", "language") if name in body}
    edit = SourceEdit(
        **given, categories=asked.texts("categories") if "categories" in body else None,
        map=_map(asked) if "map" in body else None, selectors=_selectors(asked) if "selectors" in body else None,
    )  # fmt: skip
    return shown(asked, edit_source(asked.desk, asked.path["source_id"], edit, asked.user))


@call(
    "POST", "/source-tests", Action.SOURCES, "sources", "What a source would bring; changes nothing", body="SourceTest",
    answer="SourceTrial",
)  # fmt: skip
def test_source(asked: Asked) -> Answer:
    """Try it now."""
    said = asked.text("kind", "auto")
    return Answer(_trial_json(try_source(asked.desk, asked.text("url"), None if said == "auto" else Kind(said))))


@call(
    "POST", "/sources/{source_id}/pause", Action.SOURCES, "sources", "Look at a source no more", answer="Source",
    writes=True, current=current,
)  # fmt: skip
def pause(asked: Asked) -> Answer:
    """Pause it."""
    return shown(asked, pause_source(asked.desk, asked.path["source_id"], asked.user))


@call(
    "POST", "/sources/{source_id}/resume", Action.SOURCES, "sources", "Look at a source again", answer="Source",
    writes=True, current=current,
)  # fmt: skip
def resume(asked: Asked) -> Answer:
    """Resume it, due now."""
    return shown(asked, resume_source(asked.desk, asked.path["source_id"], asked.user))


@call(
    "POST", "/sources/{source_id}/refresh", Action.SOURCES, "sources", "Have the worker look at a source soon",
    answer="Source", status=202, writes=True, current=current,
)  # fmt: skip
def refresh(asked: Asked) -> Answer:
    """202: it is due; ``last_checked`` says when it was done."""
    return shown(asked, refresh_soon(asked.desk, asked.path["source_id"], asked.user))


@call(
    "DELETE", "/sources/{source_id}", Action.SOURCES, "sources", "Forget a source", status=204, writes=True,
    query={"items": {"type": "string", "enum": ["keep", "withdraw"], "default": "keep"}}, current=current, guarded=True,
)  # fmt: skip
def remove(asked: Asked) -> Answer:
    """Its items stay, or are withdrawn with it."""
    remove_source(asked.desk, asked.path["source_id"], asked.asked("items") or "keep", asked.user)
    return Answer(None)


def _map(asked: Asked) -> tuple[tuple[str, str], ...]:
    said = asked.body.get("map")
    return tuple((term, str(slug)) for term, slug in said.items()) if isinstance(said, Mapping) else ()


def _selectors(asked: Asked) -> Selectors:
    said = asked.body.get("selectors")
    return Selectors(**{name: str(value) for name, value in said.items()} if isinstance(said, Mapping) else {})


def _trial_json(trial: Trial) -> dict[str, object]:
    items = [
        {"title": each.title, "link": each.link, "summary": each.summary, "terms": list(each.terms), "guid": each.guid}
        for each in trial.items
    ]
    error = trial.error and {"key": trial.error.key, "message": words()(trial.error.key, **trial.error.message_args)}
    offers = [{"url": each.url, "kind": each.kind.value, "title": each.title} for each in trial.offers]
    return {
        "url": trial.url, "kind": trial.kind and trial.kind.value, "title": trial.title, "items": items, "error": error,
        "offers": offers,
    }  # fmt: skip
