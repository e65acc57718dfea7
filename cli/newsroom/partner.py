"""``depeche partner``: the sites that carry our news."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO, cast

import click

from cli.commands import command as make
from cli.commands import group, json_option, option
from cli.output import note, show_json, show_pairs, show_table
from cli.values import Misuse
from cli.words import words

if TYPE_CHECKING:
    from desk.partners.registry import Known

command = group("partner")
_key = click.argument("key", metavar="KEY")
_origin = option("--origin", "origins", multiple=True, key="partner_origin")


@make("partner.list")
@json_option
def list_(as_json: bool) -> None:
    """List the partners, the last added first."""
    from cli.opening import desk
    from desk.partners.registry import list_partners
    from desk.partners.views import partner_json

    found = list_partners(desk())[::-1]
    if as_json:
        show_json([partner_json(each) for each in found])
    else:
        rows = ((one.partner.key, one.partner.name, one.feed and one.feed.slug, _said(one), one.seen) for one in found)
        show_table(("key", "name", "feed", "standing", "last_seen"), rows)


@make("partner.show")
@_key
@json_option
def show(key: str, as_json: bool) -> None:
    """Show a partner, and what it is seen to carry."""
    from cli.opening import desk
    from desk.partners.registry import partner

    _show(partner(desk(), key), as_json)


@make("partner.add")
@click.argument("name", metavar="NAME")
@option("--contact", default="", key="partner_contact")
@option("--feed", default="", key="partner_feed")
@option("--selection", default="", key="partner_selection")
@_origin
@json_option
def add(name: str, contact: str, feed: str, selection: str, origins: tuple[str, ...], as_json: bool) -> None:
    """Add a partner."""
    from cli.opening import ACTOR, desk
    from desk.partners.registry import add_partner

    said = {"contact": contact, "feed": feed, "selection": selection}
    _show(add_partner(desk(), name, **said, origins=origins, actor=ACTOR), as_json)


@make("partner.edit")
@_key
@option("--name", key="partner_name")
@option("--contact", key="partner_contact")
@option("--feed", key="partner_feed_change")
@_origin
@option("--any-origin", is_flag=True)
@json_option
def edit(key: str, as_json: bool, origins: tuple[str, ...], any_origin: bool, **given: Any) -> None:
    """Change a partner; its key stays."""
    from cli.opening import ACTOR, desk
    from desk.partners.registry import edit_partner

    changes = {name: value for name, value in given.items() if value is not None}
    if origins and any_origin:
        raise Misuse("cli.partner.origin_or_any")
    if origins or any_origin:
        changes["origins"] = origins
    if not changes:
        raise Misuse("cli.partner.nothing_to_change")
    _show(edit_partner(desk(), key, actor=ACTOR, **changes), as_json)


@make("partner.key")
@_key
@json_option
def key_(key: str, as_json: bool) -> None:
    """Give a partner another key."""
    from cli.opening import ACTOR, desk
    from desk.partners.registry import renew_partner_key

    _show(renew_partner_key(desk(), key, actor=ACTOR), as_json)


@make("partner.remove")
@_key
def remove(key: str) -> None:
    """Forget a partner; its pages go on showing news."""
    from cli.opening import ACTOR, desk
    from desk.partners.registry import remove_partner

    note("cli.partner.removed", name=remove_partner(desk(), key, actor=ACTOR).name)


@make("partner.count")
@click.argument("log", metavar="FILE")
@option("--log-name", "name", default="", key="partner_log_name")
@json_option
def count(log: str, name: str, as_json: bool) -> None:
    """Count what another web server answered from exported files; “-” for standard input."""
    from dataclasses import asdict

    from app import create_app
    from cli.opening import desk as open_desk
    from desk.partners.counting_log import count_log, lines_of

    desk = open_desk()
    document_of = create_app(desk).extensions["counting"].document_of
    with click.open_file(log, "rb") as opened:
        report = count_log(desk, lines_of(cast("BinaryIO", opened)), document_of, name)
    if as_json:
        show_json(asdict(report))
        return
    for what, number in asdict(report).items():
        click.echo(words().count(f"cli.partner.log.{what}", number))


def _show(known: Known, as_json: bool) -> None:
    from desk.partners.views import partner_json

    if as_json:
        show_json(partner_json(known))
        return
    partner = known.partner
    said = (
        ("key", partner.key), ("name", partner.name), ("contact", partner.contact),
        ("feed", known.feed and known.feed.slug), ("origins", partner.origins), ("standing", _said(known)),
        ("last_seen", known.seen),
    )  # fmt: skip
    show_pairs(said)
    if known.carriers:
        found = [(each.carried.site, each.carried.document, each) for each in known.carriers]
        rows = ((site, about.selection, about.form, each.last_seen, each.fetches) for site, about, each in found)
        show_table(("site", "selection", "form", "last_seen", "fetches"), rows)


def _said(known: Known) -> str:
    from cli.words import say

    return say(f"partner.standing.{known.standing.value}")


for each in (list_, show, add, edit, key_, remove, count):
    command.add_command(each)
