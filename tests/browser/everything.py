"""A newsroom with something of everything in it, and every address at which a person may see some of it: the
application's own map of addresses, walked with what is there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from werkzeug.routing import Rule

from desk.accounts.one_time_links import link_for
from desk.accounts.tokens import add_token
from desk.accounts.users import add_user
from desk.categories.ending import retire_category
from desk.categories.named_feeds import add_named_feed
from desk.items.posting import edit_item, post_item, retract_item
from desk.notifying.webhooks import add_webhook
from desk.partners.registry import add_partner
from desk.pictures.uploads import upload
from desk.sources.registry import NewSource, add_source
from desk.sources.rules import NewRule, add_rule
from news.drafts import Draft
from news.pictures import upload_url
from tests.conftest import drawing

AUTHOR, AUTHORS = "autrice@ecole.example", "un long mot de passe"

# What programs ask for; files; and what only leads elsewhere. A new address is a page unless it is named here.
NO_PAGES = {
    "static", "theme_css", "favicon", "feeds.feed", "feeds.all_feeds", "archives.archive", "sitemap.news",
    "sitemap.robots", "embed_script.today", "embed_script.pinned", "health.healthz", "health.readyz", "health.metrics",
    "media.picture", "oembed.oembed", "staff.picture", "staff.fresh_token", "auth.sso", "auth.sso_back",
}  # fmt: skip
# The same pages in other states.
BESIDE = (
    "/?q=rien", "/?q=dipl%C3%B4me&page=1", "/?page=2", "/nowhere", "/category/masters", "/category/diversite-rse",
    "/category/nowhere", "/feeds/nowhere", "/feeds/a+b,c", "/items/{withdrawn}", "/items/{item_id}?lang=xx",
    "/embed/all", "/embed/doctorat.html", "/embed/all.email.html", "/embed/all?layout=cards&limit=20",
    "/embed/all?layout=headlines", "/embed/all?limit=x", "/embed/nowhere", "/embed?selection=doctorat",
    "/embed?partner={key}", "/feeds/{address}", "/staff/?status=draft&sort=oldest", "/staff/?q=rien",
    "/staff/?status=nonsense", "/staff/calendar?month=2026-10", "/staff/calendar?month=2026-10&view=agenda",
    "/staff/nowhere", "/staff/items/new?translates={item_id}", "/staff/items/nowhere", "/staff/items/{withdrawn}",
    "/staff/items/{scheduled}", "/staff/items/{review}", "/staff/sources/nowhere", "/staff/audit?page=2",
    "/staff/link/nowhere", "/staff/feeds/{address}/change?selection=masters",
    "/staff/categories/{slug}/merge?into=masters",  "/staff/users/{closed}", "/staff/categories/diversite-rse",
    "/staff/items/join?of={item_id}&other={review}", "/staff/items/{item_id}?beside={review}",
)  # fmt: skip


def something_of_everything(newsroom: Any, called: Callable[[str], str] = lambda usual: usual) -> dict[str, str]:
    """Fill ``newsroom``; what stands for each variable of an address. ``called``: what a text is instead of the usual
    one."""
    desk = newsroom.desk
    person = add_user(desk, AUTHOR, "author", AUTHORS, "test")
    closed = add_user(desk, "partie@ecole.example", "author", AUTHORS, "test")
    source = add_source(
        desk, NewSource(url="https://partenaire.example/flux.xml", kind="feed", name=called("Partenaire")), "test"
    )
    add_rule(desk, source.id, NewRule("words", called("prix"), ("masters",)), "test")
    feed = add_named_feed(desk, called("Choix"), "doctorat,masters", name_en=called("Choice"), slug="choix", actor="t")
    partner = add_partner(
        desk, called("Lycée"), contact=called("Ada"), feed="choix", origins=("https://lycee.example",), actor="test"
    )
    hook = add_webhook(desk, "https://lycee.example/hook", (), "test")
    token, _ = add_token(desk, "redaction@ecole.example", name=called("Site"), role="editor", days=30, actor="cli")
    picture = upload(desk, drawing(), "test")
    body = called("<h2>Un titre</h2><p>Corps, <a href='/feeds'>lien</a>.</p>")

    def posted(number: int, status: str, **said: Any) -> Any:
        usual = {
            "summary": called("Un résumé. " * 12), "body": body, "author": called("Zoé Martin"), "status": status,
            "language": "en" if number == 2 else "fr", "date": date(2026, 5, number + 1).isoformat(),
            "categories": ("doctorat", "partenariats-internationaux"), "title": called(f"Un diplôme {number}"),
        }  # fmt: skip
        return post_item(desk, Draft(**usual | said), person if number == 1 else "test")

    items = [posted(n, each) for n, each in enumerate(("draft", "review", "published", "published"))]
    pictured = posted(
        4, "published", image_url=upload_url(picture.id), image_alt=called("Le jury"), image_credit=called("Ada"),
        link="https://partenaire.example/1",
    )  # fmt: skip
    edit_item(desk, pictured.id, Draft(title=called("Un autre titre")), "test", only=frozenset({"title"}))
    scheduled = posted(5, "published", date="2026-10-04 09:00")
    withdrawn = posted(6, "published")
    retract_item(desk, withdrawn.id, "test", called("Une erreur de date."))
    retire_category(desk, "diversite-rse", actor="test")
    secret = str(link_for(desk, person.email, "test", mailed=False)).rpartition("/")[2]
    best = picture.best()
    return {
        "item_id": pictured.id, "withdrawn": withdrawn.id, "scheduled": scheduled.id, "review": items[1].id,
        "source_id": source.id, "user_id": person.id, "closed": closed.id, "slug": "doctorat",
        "address": feed.feed.slug, "selection": "doctorat", "secret": secret, "key": partner.partner.key,
        "webhook_id": hook.id, "token_id": token.id, "picture_id": picture.id, "picture_name": best.name,
        "version": "1", "name": "doctorat",
    }  # fmt: skip


def pages(newsroom: Any) -> list[Rule]:
    """Every address at which a page may be asked for."""
    rules = newsroom.application.url_map.iter_rules()
    return [
        rule
        for rule in rules
        if "GET" in (rule.methods or ()) and rule.endpoint not in NO_PAGES and not rule.endpoint.startswith("api.")
    ]


def address(rule: Rule, there: dict[str, str]) -> str:
    """``rule`` with what is there. A KeyError: something new is to be put into the newsroom above."""
    said = {name: int(there[name]) if name == "version" else there[name] for name in rule.arguments}
    if rule.endpoint == "public.item" and "slug" in said:
        said["slug"] = "un-autre-titre"
    if rule.endpoint == "embed.block":
        said["name"] = "doctorat"
    built = rule.build(said)
    assert built, rule
    return str(built[1])


def addresses(newsroom: Any, there: dict[str, str]) -> list[str]:
    """Every page, once as it usually is, and in the states beside."""
    found = {address(rule, there) for rule in pages(newsroom)}
    return sorted(found | {path.format(**there) for path in BESIDE})
