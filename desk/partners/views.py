"""Partners as JSON values."""

from __future__ import annotations

from desk.partners.registry import Known
from news.days import rfc3339
from storage.records_audience import Carrier


def partner_json(known: Known) -> dict[str, object]:
    """A partner: ``feed``, the address of the named feed it shows; ``last_seen``, when one of its blocks was last asked
    for, as seen by us; ``standing``: new, seen, never or silent."""
    partner = known.partner
    return {
        "id": partner.id, "key": partner.key, "name": partner.name, "contact": partner.contact,
        "feed": known.feed and known.feed.slug, "origins": list(partner.origins),
        "created": rfc3339(partner.created), "last_seen": known.seen and rfc3339(known.seen),
        "standing": known.standing.value, "carries": [carrier_json(each) for each in known.carriers],
    }  # fmt: skip


def carrier_json(carrier: Carrier) -> dict[str, object]:
    """What one site carries: ``site``, its host, or "" where it said none."""
    carried = carrier.carried
    return {
        "site": carried.site, "kind": carried.document.kind, "selection": carried.document.selection,
        "form": carried.document.form, "first_seen": rfc3339(carrier.first_seen),
        "last_seen": rfc3339(carrier.last_seen), "fetches": carrier.fetches,
    }  # fmt: skip
