"""``/embed``: choose a block, see it, copy its code. Works without JavaScript; its address says the whole choice."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, Flask, current_app, redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from desk.partners.counting import key_in
from desk.publishing.block import FEWEST, MOST
from desk.publishing.feed import page_of
from desk.selecting import category_of, named_feed_of, resolve, selection_title
from news.errors import DepecheError, Gone, InvalidInput, NotFound
from news.named_feeds import NamedFeed
from news.selections import LANGUAGES, MOST_EXCLUDED, MOST_MEMBERS, PREFERENCES, Selection, build, spoken
from translations import translator
from web.answers.conditional import A_MINUTE, page
from web.context import current_desk, words
from web.embed.query import COLOURS, HEADINGS, LAYOUTS, Wanted, wanted
from web.embed.samples import Choice, samples
from web.embed.script import script_of
from web.errors import status_of
from web.language import message_of
from web.layout import frame
from web.query import asked as asked_of_page
from web.query import carried_language
from web.theme import contrast

_READABLE = 4.5
_TONGUES = ("", *LANGUAGES, *PREFERENCES)
# What colour pickers begin with, where a partner first chooses its own.
_FIRST = ("#1a1917", "#ffffff", "#b3321b")
blueprint = Blueprint("embed_builder", __name__)


@dataclass(frozen=True, slots=True)
class Built:
    """A choice that can be shown, and what was wrong with the one asked for, if anything was."""

    selection: Selection
    asked: Wanted
    wrong: DepecheError | None = None


def install(app: Flask) -> None:
    """The builder, and ``builder_query``, which other pages write its address with."""
    app.jinja_env.filters["builder_query"] = _written_out
    app.register_blueprint(blueprint)


@blueprint.get("/embed")
def builder() -> AnyResponse:
    """The form, the block and its samples. What the form sends is answered by the address that says the same."""
    asked_of_page()
    form = "form" in request.args
    try:
        built = Built(_composed(request.args) if form else _written(request.args), _asked(request.args))
    except (InvalidInput, NotFound, Gone) as error:
        built = Built(Selection(), Wanted(), error)
    if form and not built.wrong:
        answer = redirect(f"/embed?{_query(built)}" if _query(built) else "/embed", 303)
        answer.headers["Cache-Control"] = A_MINUTE
        return answer
    shown = page(render_template("public/embed.html", **_shown(built)))
    if built.wrong:
        shown.status_code = status_of(built.wrong)
    return shown


def _written_out(said: dict[str, str | None]) -> str:
    return urlencode({name: value for name, value in said.items() if value})


def _written(args: MultiDict[str, str]) -> Selection:
    with current_desk().storage.read() as reader:
        return resolve(reader, args.get("selection") or _start(words().language))


def _start(language: str) -> str:
    """What is shown before anything is chosen: all news, each story once, in the language of the page where it can."""
    return f"all.{next(each for each in PREFERENCES if each.startswith(language))}"


def _composed(args: MultiDict[str, str]) -> Selection:
    tongue = args.get("language", "")
    if tongue not in _TONGUES:
        raise InvalidInput("selection.language", given=tongue[:20])
    language, prefer = spoken(tongue)
    if feed := args.get("feed", ""):
        with current_desk().storage.read() as reader:
            return build([named_feed_of(reader, feed)], any_of=False, language=language, prefer=prefer)
    chosen, without = dict.fromkeys(args.getlist("in")), dict.fromkeys(args.getlist("not"))
    if len(chosen) > MOST_MEMBERS or len(without) > MOST_EXCLUDED:
        raise InvalidInput("selection.too_many", most=MOST_MEMBERS)
    with current_desk().storage.read() as reader:
        return build(
            [category_of(reader, slug) for slug in chosen],
            any_of=args.get("how") != "both",
            excluded=[category_of(reader, slug) for slug in without if slug not in chosen],
            language=language,
            prefer=prefer,
        )


def _asked(args: MultiDict[str, str]) -> Wanted:
    """A colour of the form counts only where its box is ticked: a colour picker is never empty."""
    counted = [name for name in ("limit", "layout", "heading") if args.get(name)]
    counted += [name for name in COLOURS if args.get(name) and ("form" not in args or name in args.getlist("own"))]
    return wanted(urlencode({name: args[name] for name in counted}))


def _query(built: Built) -> str:
    said = _said(built, words().language)
    carried = carried_language()
    more = ({"lang": carried} if carried else {}) | ({"p": _partner()} if _partner() else {})
    parts = (urlencode(said), built.asked.query, urlencode(more))
    return "&".join(part for part in parts if part)


def _said(built: Built, language: str) -> dict[str, str]:
    return {} if built.selection.address == _start(language) else {"selection": built.selection.address}


def _shown(built: Built) -> dict[str, object]:
    desk, selection = current_desk(), built.selection
    query = _query(built)
    around = frame("/embed", Selection())
    own = desk.settings.language
    choice = _choice(built)
    return around | {
        "built": built,
        "choice": choice,
        "samples": samples(choice),
        "share": f"{desk.settings.base_url}/embed{'?' if query else ''}{query}",
        "switch": {code: _in(code, built, own) for code in LANGUAGES},
        "named": _named(selection),
        "members": {category.slug for category in selection.members},
        "excluded": {category.slug for category in selection.excluded},
        "tongues": _TONGUES, "layouts": LAYOUTS, "headings": HEADINGS, "fewest": FEWEST, "most": MOST,
        "pickers": tuple(zip(COLOURS, built.asked.colours, _FIRST, strict=True)),
        "unreadable": _unreadable(built.asked.colours),
        "wrong": message_of(built.wrong) if built.wrong else None,
    }  # fmt: skip


def _named(selection: Selection) -> list[NamedFeed]:
    """The named feeds to choose from: those that go on, and the chosen one."""
    with current_desk().storage.read() as reader:
        return [feed for feed in reader.named_feeds() if feed.retired is None or feed == selection.named]


def _in(code: str, built: Built, own: str) -> str:
    said = _said(built, words().language)
    more = ({"lang": code} if code != own else {}) | ({"p": _partner()} if _partner() else {})
    parts = (urlencode(said), built.asked.query, urlencode(more))
    query = "&".join(part for part in parts if part)
    return f"/embed?{query}" if query else "/embed"


def _choice(built: Built) -> Choice:
    desk, selection = current_desk(), built.selection
    script = script_of(current_app)
    language = selection.spoken or desk.settings.language
    return Choice(
        base_url=desk.settings.base_url,
        base=selection.base,
        tongue=selection.tongue,
        asked=built.asked,
        label=selection_title(selection, language) if selection.categories else translator(language)("embed.label"),
        more=page_of(desk, selection),
        more_text=translator(language)("embed.more"),
        script=script.path,
        integrity=script.integrity,
        partner=_partner(),
    )


def _partner() -> str:
    return key_in(f"p={request.args.get('p', '')}")


def _unreadable(colours: tuple[str, str, str]) -> float | None:
    """The contrast of chosen colours where it is too small to be read (WCAG 2.2 §1.4.3)."""
    ink, paper, accent = (f"#{value}" if value else "" for value in colours)
    pairs = [contrast(one, paper) for one in (ink, accent) if one and paper]
    return min(pairs) if pairs and min(pairs) < _READABLE else None
