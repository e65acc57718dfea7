"""What is withdrawn leaves every form of the block, and no cache keeps it longer than the guide says."""

import re

import pytest

from desk.categories.named_feeds import add_named_feed
from desk.items.posting import retract_item
from desk.partners.registry import add_partner

STATED = 6 * 60
FORMS = ("", ".html", ".email.html", ".json", ".txt")


@pytest.fixture
def addresses(desk) -> list[str]:
    """Every form of the block, of a category, a named feed and a partner's, and the feeds they stand for."""
    add_named_feed(desk, "Choix", "masters,doctorat", actor="cli")
    key = add_partner(desk, "Lyon", selection="masters", origins=("lyon.example",), actor="cli").partner.key
    blocks = [
        f"/embed/{each}{form}?p={key}" for each in ("all", "masters", "choix", "lyon", "lyon.fr") for form in FORMS
    ]
    return [*blocks, f"/feeds/lyon.json?p={key}"]


def test_a_retracted_item_leaves_every_block_within_the_stated_time(client, desk, post, app, addresses) -> None:
    item = post("Une visite annulée", "masters")
    before = {address: client.get(address) for address in addresses}
    for address, answer in before.items():
        assert "Une visite annulée" in answer.text, address
        ages = dict(re.findall(r"(max-age|stale-while-revalidate)=(\d+)", answer.headers["Cache-Control"]))
        assert sum(map(int, ages.values())) <= STATED, address
    retract_item(desk, item.id, "cli")
    app.extensions["publisher"].changed()
    for address in addresses:
        answer = client.get(address, headers={"If-None-Match": before[address].headers["ETag"]})
        assert answer.status_code == 200, address
        assert "Une visite annulée" not in answer.text, address
    assert client.get(f"/embed/items/{item.id}").status_code == 410
