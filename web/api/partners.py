"""Partners: who carries our news. Their keys are no secrets: they stand in the partners' pages."""

from __future__ import annotations

from desk.partners.registry import (
    Known,
    add_partner,
    edit_partner,
    list_partners,
    partner,
    remove_partner,
    renew_partner_key,
)
from desk.partners.views import partner_json
from news.users import Action
from web.api.routes import Answer, Asked, call

_SEEN = ("last_seen", "standing", "carries")


def _shown(known: Known) -> Answer:
    """A partner as an answer; what was seen of it is no edition of it."""
    told = partner_json(known)
    edition = {name: value for name, value in told.items() if name not in _SEEN}
    return Answer(told, edition=edition, location=f"/partners/{known.partner.id}")


def current(asked: Asked) -> Answer:
    """The partner of the address, for ``If-Match``."""
    return _shown(partner(asked.desk, asked.path["partner"]))


@call("GET", "/partners", Action.PARTNERS, "partners", "List partners", answer="PartnerList")
def partners(asked: Asked) -> Answer:
    """All of them, in the order they were added, and how each stands as seen by us."""
    return Answer([partner_json(each) for each in list_partners(asked.desk)])


@call("GET", "/partners/{partner}", Action.PARTNERS, "partners", "Read a partner", answer="Partner")
def read_partner(asked: Asked) -> Answer:
    """One, by its id or its key."""
    return current(asked)


@call(
    "POST", "/partners", Action.PARTNERS, "partners", "Add a partner", body="NewPartner", answer="Partner", status=201,
    writes=True, makes=True,
)  # fmt: skip
def add_a_partner(asked: Asked) -> Answer:
    """With a new key; and a named feed that is there, or a new one with a ``selection``."""
    return _shown(add_partner(
        asked.desk, asked.text("name"), contact=asked.text("contact"), feed=asked.text("feed"),
        selection=asked.text("selection"), origins=asked.texts("origins"), actor=asked.user,
    ))  # fmt: skip


@call(
    "PATCH", "/partners/{partner}", Action.PARTNERS, "partners", "Change a partner", body="PartnerChange",
    answer="Partner", writes=True, current=current, guarded=True,
)  # fmt: skip
def change_a_partner(asked: Asked) -> Answer:
    """Change what is sent; its key stays."""
    return _shown(edit_partner(
        asked.desk, asked.path["partner"], name=asked.said("name"), contact=asked.said("contact"),
        feed=asked.said("feed"), origins=asked.texts("origins") if "origins" in asked.body else None,
        actor=asked.user,
    ))  # fmt: skip


@call(
    "POST", "/partners/{partner}/key", Action.PARTNERS, "partners", "Give a partner another key", answer="Partner",
    writes=True, current=current,
)  # fmt: skip
def renew_a_key(asked: Asked) -> Answer:
    """Pages that carry the old one go on showing news, as of nobody."""
    return _shown(renew_partner_key(asked.desk, asked.path["partner"], actor=asked.user))


@call(
    "DELETE", "/partners/{partner}", Action.PARTNERS, "partners", "Forget a partner", status=204, writes=True,
    current=current, guarded=True,
)  # fmt: skip
def remove_a_partner(asked: Asked) -> Answer:
    """Its pages go on showing news; its feed stays."""
    remove_partner(asked.desk, asked.path["partner"], actor=asked.user)
    return Answer(None)
