"""A partner that names its sites lets no other site frame its blocks."""

import pytest

from desk.categories.named_feeds import rename_named_feed
from desk.partners.registry import add_partner, edit_partner, remove_partner


@pytest.fixture
def framed_by(client):
    def ancestors(path, **headers):
        policy = client.get(path, headers=headers).headers["Content-Security-Policy"]
        return policy.rpartition("frame-ancestors ")[2]

    return ancestors


@pytest.fixture
def lyon(desk):
    return add_partner(desk, "Lyon", selection="masters", origins=("www.lyon.example",), actor="cli").partner


ONLY_LYON = "'self' https://www.lyon.example"


@pytest.fixture
def at_once(app):
    """What another process changed is looked for at once."""
    return app.extensions["publisher"].changed


def test_its_key_and_its_feed_stand_in_its_frames_alone(framed_by, lyon):
    assert framed_by(f"/embed/masters?p={lyon.key}") == ONLY_LYON
    assert framed_by("/embed/lyon") == framed_by("/embed/lyon.en?limit=2") == ONLY_LYON
    assert framed_by("/embed/masters") == framed_by("/embed/masters?p=0123456789") == "*"


def test_the_key_of_another_opens_no_door(framed_by, lyon, desk):
    other = add_partner(desk, "Grenoble", origins=("grenoble.example",), actor="cli").partner
    assert framed_by(f"/embed/lyon?p={other.key}") == ONLY_LYON
    assert framed_by(f"/embed/all?p={other.key}") == "'self' https://grenoble.example"


def test_partners_who_share_a_feed_share_its_door(framed_by, lyon, desk):
    add_partner(desk, "Grenoble", feed="lyon", origins=("grenoble.example",), actor="cli")
    assert framed_by("/embed/lyon") == f"{ONLY_LYON} https://grenoble.example"
    add_partner(desk, "Tous", feed="lyon", actor="cli")
    assert framed_by("/embed/all.fr") == "*"


def test_nothing_else_of_it_may_be_framed_by_anybody(framed_by, lyon):
    assert framed_by(f"/embed/lyon.html?p={lyon.key}") == "'none'"
    assert framed_by(f"/feeds/lyon.atom?p={lyon.key}") == "'none'"


def test_a_change_holds_at_once_also_for_those_who_have_the_page(framed_by, client, lyon, desk, at_once):
    tag = client.get("/embed/lyon").headers["ETag"]
    edit_partner(desk, lyon.key, origins=("new.example",), actor="cli")
    at_once()
    again = client.get("/embed/lyon", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.headers["Content-Security-Policy"].endswith("frame-ancestors 'self' https://new.example")
    rename_named_feed(desk, "lyon", new_slug="rhone", actor="cli")
    at_once()
    assert framed_by("/embed/rhone") == "'self' https://new.example"
    remove_partner(desk, lyon.key, actor="cli")
    at_once()
    assert framed_by("/embed/rhone") == framed_by(f"/embed/all?p={lyon.key}") == "*"


def test_the_builder_writes_the_key_into_every_address_that_is_asked_for(client, lyon):
    page = client.get(f"/embed?selection=lyon&limit=3&p={lyon.key}&lang=en").text
    assert f"partner=&#34;{lyon.key}&#34;" in page
    for address in (f"/embed/lyon?limit=3&amp;amp;p={lyon.key}", f"/embed/lyon.html?limit=3&amp;p={lyon.key}",
                    f"/embed/lyon.txt?limit=3&amp;p={lyon.key}", f"/feeds/lyon.json?p={lyon.key}"):  # fmt: skip
        assert address in page, address
    sent = client.get(f"/embed?form=1&feed=lyon&limit=3&p={lyon.key}")
    assert sent.headers["Location"] == f"/embed?selection=lyon&limit=3&p={lyon.key}"
    assert "<script>" not in client.get("/embed?p=<script>alert(1)</script>").text
