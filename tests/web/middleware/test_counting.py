"""Who asks for feeds and blocks is counted, in passing, without keeping anybody's address."""

import sqlite3
from datetime import timedelta

import pytest

from app import create_app
from desk.categories.registry import rename_category
from desk.partners.audience import audience, today
from desk.partners.counting import MOST_KEPT, Counting, Document, sweep_counts
from desk.partners.registry import add_partner, list_partners
from news.errors import StoreFailed
from tests.patience import PATIENCE

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
FEEDLY = "Feedly/1.0 (+http://www.feedly.com/fetcher.html; 16 subscribers; like FeedFetcher-Google)"
BOT = "Mozilla/5.0 (compatible; Googlebot/2.1)"


@pytest.fixture
def ask(client):
    def asked(path, agent=FIREFOX, address="192.0.2.1", **headers):
        said = {"User-Agent": agent, **{name.replace("_", "-"): value for name, value in headers.items()}}
        return client.get(path, headers=said, environ_base={"REMOTE_ADDR": address})

    return asked


@pytest.fixture
def counted(app, desk):
    """What staff see once the minute is over."""

    def written():
        app.extensions["counting"].write()
        return audience(desk, "en")

    return written


def test_readers_of_a_feed_are_subscribers_of_aggregators_and_different_others(ask, counted):
    for address in ("192.0.2.1", "192.0.2.2", "192.0.2.1"):
        ask("/feeds/masters.atom", address=address)
    ask("/feeds/masters.rss", address="192.0.2.2")
    ask("/feeds/masters.atom", FEEDLY)
    ask("/feeds/masters.rss", FEEDLY.replace("16", "4"))
    ask("/feeds/masters.atom", BOT)
    (feed,) = counted().feeds
    assert (feed.address, feed.title, feed.subscribers, feed.asked, feed.bots) == ("masters", "Masters", 22, 6, 1)
    assert (feed.forms, feed.aggregators) == ({"atom": 5, "rss": 2}, {"Feedly": 20})


def test_the_same_reader_is_one_in_every_minute_of_a_day_and_counted_anew_on_the_next(ask, counted, clock):
    for _ in range(3):
        ask("/feeds/masters.atom")
        counted()
    clock.forward(days=1)
    ask("/feeds/masters.atom")
    (feed,) = counted().feeds
    assert feed.readers[-2:] == [1, 1] and feed.fetches[-2:] == [3, 1]


def test_an_unchanged_answer_counts_and_a_head_does_not(ask, counted, client):
    tag = ask("/feeds/masters.atom").headers["ETag"]
    assert ask("/feeds/masters.atom", If_None_Match=tag).status_code == 304
    client.head("/feeds/masters.atom")
    ask("/feeds/unknown.atom")
    assert [each.asked for each in counted().feeds] == [2]


def test_no_address_of_anybody_is_kept(ask, counted, desk):
    for path in ("/feeds/masters.atom", "/embed/masters"):
        ask(path, address="203.0.113.77", Referer="https://lyon.example/secret/page?who=ada")
    counted()
    with sqlite3.connect(desk.settings.database) as raw:
        kept = "\n".join(raw.iterdump())
    assert "lyon.example" in kept
    assert not any(each in kept for each in ("203.0.113.77", "secret/page", "who=ada", "Firefox"))


def test_of_blocks_no_requester_is_taken_at_all(app, ask):
    ask("/embed/masters.json", address="203.0.113.77")
    assert [each[3] for each in app.extensions["counting"]._kept] == [""]


def test_behind_a_proxy_readers_are_told_apart_by_what_the_proxy_says(desk):
    app = create_app(desk.with_settings(trusted_proxies=1))
    client = app.test_client()
    for told in ("198.51.100.9, 192.0.2.1", "198.51.100.8, 192.0.2.1", "192.0.2.2"):
        client.get("/feeds/all.atom", headers={"User-Agent": FIREFOX, "X-Forwarded-For": told})
    app.extensions["counting"].write()
    assert audience(desk, "en").feeds[0].subscribers == 2


def test_who_carries_which_block_is_known_by_its_host_alone(ask, counted):
    ask("/embed/masters.json", Origin="https://www.lyon.example")
    ask("/embed/masters?limit=3", Referer="https://www.lyon.example/")
    ask("/embed/masters", Referer="https://news.example.org/embed")
    ask("/embed/masters", BOT, Referer="https://search.example/")
    found = counted()
    assert {(each.carried.site, each.carried.document.form) for each in found.sites} == {
        ("www.lyon.example", "json"), ("www.lyon.example", "page"),
    }  # fmt: skip
    assert [(each.address, each.asked, each.bots) for each in found.blocks] == [("masters", 3, 1)]


def test_a_partner_is_seen_by_its_key_by_its_feed_and_goes_silent(ask, counted, desk, clock):
    known = add_partner(desk, "Lyon", selection="masters", actor="cli")
    other = add_partner(desk, "Grenoble", actor="cli")
    ask("/embed/lyon.json", Origin="https://www.lyon.example")
    ask(f"/embed/all.html?limit=3&p={other.partner.key}", "curl/8.5")
    counted()
    lyon, grenoble = list_partners(desk)
    assert (lyon.partner, lyon.seen, lyon.standing) == (known.partner, desk.now(), "seen")
    assert [each.carried.document for each in grenoble.carriers] == [Document("block", "all", "fragment")]
    assert (today(desk).partners, today(desk).silent, today(desk).block_fetches) == (2, 0, 2)
    clock.forward(days=8)
    assert [each.standing for each in list_partners(desk)] == ["silent", "silent"]
    assert today(desk).silent == 2


def test_a_key_changes_no_byte_and_an_unknown_one_is_nobody(ask, counted, desk):
    plain = [ask(path).data for path in ("/embed/masters.json", "/embed/masters", "/feeds/masters.atom")]
    for key in (add_partner(desk, "Lyon", actor="cli").partner.key, "x", "0123456789", "%00"):
        named = ("/embed/masters.json", "/embed/masters", "/feeds/masters.atom")
        assert [ask(f"{path}?p={key}").data for path in named] == plain
    counted()
    assert len(list_partners(desk)[0].carriers) == 3


def test_a_key_survives_a_moved_address(ask, desk):
    rename_category(desk, "masters", new_slug="mastere", actor="cli")
    for path, ends in (("/embed/masters.html?limit=3&p=0123456789", "/embed/mastere.html?limit=3&p=0123456789"),
                       ("/feeds/masters.atom?p=0123456789&x=1", "/feeds/mastere.atom?p=0123456789")):  # fmt: skip
        assert ask(path).headers["Location"] == ends


def test_a_renamed_category_keeps_its_numbers(ask, counted, desk):
    ask("/feeds/masters.atom")
    counted()
    rename_category(desk, "masters", new_slug="mastere", actor="cli")
    assert [(each.address, each.asked) for each in counted().feeds] == [("mastere", 1)]


def test_when_the_database_cannot_take_them_counts_wait(ask, app, desk, monkeypatch, counted):
    def full():
        raise StoreFailed("store.busy")

    ask("/feeds/masters.atom")
    with monkeypatch.context() as broken:
        broken.setattr(desk.storage, "transaction", full)
        app.extensions["counting"].write()
    ask("/feeds/masters.atom")
    assert [each.asked for each in counted().feeds] == [2]


def test_a_flood_of_made_up_names_takes_a_bounded_place(desk):
    counting = Counting(desk, lambda _: Document("feed", "masters", "atom"), every=3600)
    for number in range(2 * MOST_KEPT):
        counting.add(("/feeds/masters.atom", "", f"agent {number}", "", "", ""))
    assert len(counting._kept) == MOST_KEPT + 1
    counting.write()
    assert audience(desk, "en").feeds[0].asked == 2 * MOST_KEPT


def test_counts_are_written_by_themselves(desk):
    counting = Counting(desk, lambda _: Document("feed", "masters", "atom"), every=0.01)
    counting.add(("/feeds/masters.atom", "", FIREFOX, "192.0.2.1", "", ""))
    counting.timer.join(PATIENCE)
    assert audience(desk, "en").feeds


def test_a_setting_says_how_long_and_nought_forgets(ask, counted, desk, clock):
    ask("/feeds/masters.atom")
    counted()
    sweep_counts(desk)
    assert counted().feeds
    clock.forward(days=1)
    off = desk.with_settings(statistics_days=0)
    sweep_counts(off)
    assert not audience(desk, "en").feeds
    app = create_app(off)
    app.test_client().get("/feeds/masters.atom")
    app.extensions["counting"].write()
    assert not audience(desk, "en").feeds


def test_yesterdays_readers_are_a_number_once_swept(ask, counted, desk, clock):
    ask("/feeds/masters.atom")
    counted()
    clock.forward(days=1)
    sweep_counts(desk)
    with sqlite3.connect(desk.settings.database) as raw:
        assert raw.execute("SELECT count(*) FROM feed_sketch").fetchone() == (0,)
    assert audience(desk, "en").feeds[0].readers[-2:] == [1, 0]
    assert audience(desk, "en").since == (desk.now() - timedelta(days=29)).date()


def test_metrics_tell_sums_and_name_nobody(ask, counted, client, desk):
    add_partner(desk, "Lyon", contact="ada@lyon.example", actor="cli")
    ask("/feeds/masters.atom", FEEDLY)
    ask("/embed/masters", Referer="https://www.lyon.example/")
    counted()
    told = client.get("/metrics").text
    for line in ("depeche_subscribers 16", "depeche_feed_fetches_today 1", "depeche_block_fetches_today 1",
                 "depeche_partners 1", "depeche_partners_silent 0"):  # fmt: skip
        assert f"\n{line}\n" in told
    assert "lyon" not in told.lower()
