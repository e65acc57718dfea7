"""Readers and links that come by the addresses of the WordPress this newsroom took over from."""

import pytest


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/feed/", "/feeds/all.rss"),
        ("/?feed=rss2", "/feeds/all.rss"),
        ("/category/recherche/doctorat/feed/atom/", "/feeds/doctorat.atom"),
        ("/category/doctorat/", "/category/doctorat"),
        ("/category/doctorat/?feed=rss2", "/feeds/doctorat.rss"),
        ("/category/doctorat?feed=atom", "/feeds/doctorat.atom"),
        ("/?category_name=doctorat&feed=rss2", "/feeds/doctorat.rss"),
        ("/en/category/doctorat/", "/category/doctorat?lang=en"),
        ("/index.php/feed/", "/feeds/all.rss"),
    ],
)
def test_wordpress_feeds_and_categories_lead_to_ours(client, old, new):
    answer = client.get(old)

    assert (answer.status_code, answer.headers["Location"]) == (301, new)
    assert "max-age" in answer.headers["Cache-Control"]
    assert client.get(new).status_code == 200


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/feeds/", "/feeds"),
        ("/feeds/all.atom/", "/feeds/all.atom"),
        ("/feeds/doctorat,masters!ingenieurs.rss/?x=1", "/feeds/doctorat,masters!ingenieurs.rss?x=1"),
        ("/feeds/doctorat/?lang=en", "/feeds/doctorat?lang=en"),
        ("/embed/", "/embed"),
    ],
)
def test_a_slash_too_many_at_the_end_leads_to_the_address_that_was_meant(client, typed, meant):
    answer = client.get(typed)

    assert (answer.status_code, answer.headers["Location"]) == (301, meant)
    assert client.get(meant).status_code == 200


@pytest.mark.parametrize("typed", ["/nothing-here/", "/%2Fevil.example/", "/feeds//", "/%5Cevil/"])
def test_a_slash_at_the_end_leads_nowhere_else(client, typed):
    assert client.get(typed).status_code == 404


def test_only_what_is_read_is_led_elsewhere(client):
    assert client.post("/feeds/doctorat/").status_code == 404


@pytest.mark.parametrize(("kept", "old"), [("?p=123", "/?p=123"), ("/2024/10/un-titre", "/2024/10/un-titre/")])
def test_an_items_old_address_leads_to_its_page(client, desk, post, kept, old):
    item = post("Un titre")
    with desk.storage.transaction() as tx:
        tx.put_former_address(kept, item.id)

    answer = client.get(old)

    assert answer.status_code == 301
    assert client.get(answer.headers["Location"]).status_code == 200


def test_the_first_item_to_claim_an_old_address_keeps_it(client, desk, post):
    first, second = post("Une"), post("Deux")
    with desk.storage.transaction() as tx:
        tx.put_former_address("?p=7", first.id)
        tx.put_former_address("?p=7", second.id)

    assert first.id in client.get("/?p=7").headers["Location"]


def test_an_old_address_tells_nothing_of_an_item_that_is_not_public(client, desk, post):
    draft = post("Un secret", status="draft")
    with desk.storage.transaction() as tx:
        tx.put_former_address("/secret", draft.id)

    assert client.get("/secret").status_code == 404


@pytest.mark.parametrize("unknown", ["/?p=999", "/?p=x"])
def test_an_unknown_number_is_the_front_page(client, unknown):
    assert client.get(unknown).status_code == 200


def test_an_item_whose_path_begins_with_a_language_is_found_too(client, desk, post):
    item = post("A title")
    with desk.storage.transaction() as tx:
        tx.put_former_address("/en/a-title", item.id)

    assert item.id in client.get("/en/a-title/").headers["Location"]


def test_a_subscriber_to_one_category_is_never_sent_everything(client):
    assert client.get("/?cat=3&feed=rss2").status_code != 301


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_only_reading_is_led_on(client, method):
    assert getattr(client, method)("/feed/").status_code == 404


def test_a_forged_host_is_nowhere_in_the_answer(client):
    answer = client.get("/feed/", headers={"Host": "evil.example"})

    assert answer.headers["Location"] == "/feeds/all.rss"
    assert b"evil" not in answer.data
