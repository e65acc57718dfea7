"""Pages that only answer a form: what is wrong with it, a secret shown this once, a door that is shut."""

from __future__ import annotations

import re
from typing import Any

import pyotp

from desk.accounts.users import add_user
from desk.items.posting import edit_item
from news.drafts import Draft
from news.users import Role
from tests.browser.everything import AUTHOR, AUTHORS
from tests.browser.ways_in import Person

TELEPHONE = "telephone@ecole.example"


def answers(newsroom: Any, there: dict[str, str], language: str) -> dict[str, str]:
    """Each as it is sent to a browser, by what it is."""
    admin = Person(newsroom)
    admin.read(f"/staff/?lang={language}")
    edit_item(newsroom.desk, there["item_id"], Draft(title="Entre-temps"), "test", only=frozenset({"title"}))
    changed = {"title": "Le mien", "summary": "Le mien.", "version": "1", "of": there["item_id"], "status": "published"}
    stale = {"title": "Trop tard", "body": "Une heure de travail.", "csrf_token": "stale", "categories": ["masters"]}
    found = {
        "errors": admin.send("/staff/items/new", {"date": "le 42 juin", "link": "x", "status": "published"}),
        "conflict": admin.send(f"/staff/items/{there['item_id']}", changed),
        "stale": admin.send("/staff/items/new", stale),
        "stale elsewhere": admin.send("/staff/categories", stale),
        "too big": admin.send("/staff/items/new", {"body": "x" * 5_000_000}),
        "category": admin.send("/staff/categories", {"name_fr": ""}),
        "feed": admin.send("/staff/feeds", {"name_fr": "", "selection": "a+b,c"}),
        "partner": admin.send("/staff/partners", {"name": ""}),
        "webhook": admin.send("/staff/webhooks", {"url": "x"}),
        "secret": admin.send("/staff/webhooks", {"url": "https://lycee.example/other", "events": "item.changed"}),
        "token": admin.send("/staff/account/tokens", {"name": "Site", "role": "author", "days": "30"}),
        "no token": admin.send("/staff/account/tokens", {"name": "", "role": "x", "days": "x"}),
        "source": admin.send("/staff/sources/new", {"url": "x", "kind": "page"}),
        "nobody": admin.send("/staff/users", {"email": "x", "role": "author"}),
        "invited": admin.send("/staff/users", {"email": "invitee@ecole.example", "role": "author"}),
        "link": admin.send(f"/staff/link/{there['secret']}", {"password": "court"}),
        "asked": admin.send("/staff/forgotten", {"email": AUTHOR}),
        "door": admin.send("/staff/login", {"email": AUTHOR, "password": "faux"}),
    }
    author = Person(newsroom, AUTHOR, AUTHORS)
    author.read(f"/staff/?lang={language}")
    found |= {"not allowed": author.read("/staff/users"), "not mine": author.read(f"/staff/items/{there['scheduled']}")}
    found |= _telephone(newsroom, language)
    newsroom.application.extensions["desk"] = newsroom.desk.with_settings(second_factor=frozenset({Role.AUTHOR}))
    found["no second factor"] = author.send("/staff/items/new", {"title": "Tapé", "summary": "Une heure de travail."})
    newsroom.application.extensions["desk"] = newsroom.desk
    newsroom.clock.go_on(hours=13)
    found["too late"] = author.send("/staff/items/new", stale)
    newsroom.clock.go_on(hours=-13)
    return {name: answer.text for name, answer in found.items()}


def _telephone(newsroom: Any, language: str) -> dict[str, Any]:
    """A second factor from its beginning to a sign-in with it."""
    email = f"{language}.{newsroom.desk.mint()}.{TELEPHONE}"
    add_user(newsroom.desk, email, "author", AUTHORS, "test")
    person = Person(newsroom, email, AUTHORS)
    person.read(f"/staff/?lang={language}")
    person.send("/staff/account/factor", {})
    begun = person.read("/staff/account/factor")
    phone = pyotp.TOTP(re.findall(r"<code>([A-Z2-7]{32})</code>", begun.text)[0])
    wrong = person.send("/staff/account/factor/confirm", {"code": "000000"})
    codes = person.send("/staff/account/factor/confirm", {"code": phone.at(newsroom.clock())})
    in_force = person.read("/staff/account/factor")
    person.send("/staff/logout", {})
    person.read("/staff/login")
    person.send("/staff/login", {"email": email, "password": AUTHORS})
    asked = person.read("/staff/login/code")
    refused = person.send("/staff/login/code", {"code": "1"})
    return {
        "begun": begun, "wrong code": wrong, "recovery codes": codes, "in force": in_force, "code": asked,
        "no code": refused,
    }  # fmt: skip
