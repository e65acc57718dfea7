"""The sources: how each is doing, and adding one."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from desk.categories.registry import list_categories
from desk.sources.health import overview
from desk.sources.registry import NewSource, Trial, add_source, try_source
from news.errors import DepecheError, InvalidFields, InvalidInput, SourceFailed
from news.health import State
from news.sources import Kind, Selectors
from news.typed_links import with_scheme
from news.users import Action
from web.context import current_desk, words
from web.staff.access import me, needs, staff
from web.staff.paging import cut, page_number

PER_PAGE = 100
Answer = str | Response | tuple[str, int]
SELECTORS = ("item", "title", "link", "date", "summary", "categories", "image")


@staff.get("/sources")
@needs(Action.SOURCES)
def sources() -> str:
    """The sources, those that need a person first; ``state`` and ``q`` choose among them."""
    number, asked = page_number(), {name: request.args.get(name, "").strip()[:200] for name in ("state", "q")}
    found = overview(
        current_desk(), state=asked["state"], text=asked["q"], limit=PER_PAGE + 1, offset=(number - 1) * PER_PAGE
    )
    return render_template(
        "staff/sources.html", page=cut(found.sources, number, PER_PAGE), counts=found.counts, asked=asked,
        states=tuple(State),
    )  # fmt: skip


@staff.get("/sources/new")
@needs(Action.SOURCES)
def new_source() -> str:
    """A form, empty or with the address and kind that the query names: what a page offered."""
    return _form(MultiDict({name: request.args.get(name, "")[:2000] for name in ("url", "kind")}))


@staff.post("/sources/new")
@needs(Action.SOURCES)
def add() -> Answer:
    """Add a source; with kind *auto* it is fetched to see what it is. The same address again leads to the existing,
    and says so. With ``look``, only show what would come."""
    if "look" in request.form:
        return _look()
    began = current_desk().now()
    try:
        added = add_source(current_desk(), typed_source(request.form), me())
    except (InvalidInput, SourceFailed) as wrong:
        return _form(request.form, wrong), 422
    if added.created < began:
        flash(words()("staff.source.there", name=added.name), "bad")
    else:
        flash(words()("staff.source.added", name=added.name), "good")
    return redirect(url_for(".source", source_id=added.id), 303)


def _look() -> str:
    try:
        new = typed_source(request.form)
    except InvalidInput as wrong:
        return _form(request.form, wrong)
    kind = Kind(new.kind) if new.kind in tuple(Kind) else None
    return _form(request.form, trial=try_source(current_desk(), new.url, kind, new.selectors))


def typed_source(form: MultiDict[str, str]) -> NewSource:
    """What the form says. Raises InvalidFields for terms that say nothing."""
    chosen = {name: form.get(f"select_{name}", "").strip() or None for name in SELECTORS}
    return NewSource(
        url=with_scheme(form.get("url", "")),
        kind=form.get("kind", "auto"),
        name=form.get("name", ""),
        categories=tuple(form.getlist("categories")),
        map=tuple(_pairs(form.get("map", ""))),
        trust=form.get("trust", "review"),
        language=form.get("language", ""),
        selectors=Selectors(**chosen),
    )


def _pairs(text: str) -> list[tuple[str, str]]:
    """Lines ``term = slug``. Raises InvalidFields for a line without the sign."""
    pairs = []
    for line in filter(None, map(str.strip, text.splitlines())):
        term, sign, slug = line.rpartition("=")
        if not (sign and term.strip() and slug.strip()):
            raise InvalidFields({"map": InvalidInput("staff.source.map.malformed", given=line[:80])})
        pairs.append((term.strip(), slug.strip()))
    return pairs


def _form(form: MultiDict[str, str], error: DepecheError | None = None, trial: Trial | None = None) -> str:
    error = error or (trial.error if trial else None)
    fields = error.fields if isinstance(error, InvalidFields) else {"url": error} if error else {}
    return render_template(
        "staff/source_new.html", form=form, error=error, errors=fields, trial=trial,
        categories=list_categories(current_desk()),
    )  # fmt: skip
