"""304: whoever has the bytes already is not sent them again."""

from email.utils import format_datetime, parsedate_to_datetime

import pytest

from desk.items.posting import retract_item

ADDRESS = "/feeds/masters.atom"


@pytest.fixture(autouse=True)
def a_day_later(post, clock) -> None:
    post("Une visite", "masters")
    clock.forward(days=1)


@pytest.fixture
def status(client):
    """The status of a conditional request for the feed, without a coding unless one is asked for."""
    return lambda **headers: (
        client.get(ADDRESS, headers={name.replace("_", "-"): value for name, value in headers.items()}).status_code
    )


@pytest.fixture
def tag(client):
    return lambda coding="": client.get(ADDRESS, headers={"Accept-Encoding": coding}).headers["ETag"]


def test_the_same_tag_is_answered_without_a_body(client, tag) -> None:
    answer = client.get(ADDRESS, headers={"If-None-Match": tag()})
    assert (answer.status_code, answer.data) == (304, b"")


def test_a_304_repeats_what_caches_need(client, tag) -> None:
    whole = client.get(ADDRESS).headers
    answer = client.get(ADDRESS, headers={"If-None-Match": tag()}).headers
    for name in ("ETag", "Cache-Control", "Vary", "Access-Control-Allow-Origin"):
        assert answer[name] == whole[name]
    assert "Content-Type" not in answer
    assert "Content-Length" not in answer


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', 'W/"a",W/{}', "*"])
def test_every_form_of_the_header_is_understood(status, tag, form: str) -> None:
    assert status(If_None_Match=form.format(tag())) == 304


@pytest.mark.parametrize("suffix", ["-gzip", ";br", "-br", ";gzip", "--gzip"])
def test_a_suffix_added_on_the_way_is_tolerated(status, tag, suffix: str) -> None:
    assert status(If_None_Match=f'"{tag().strip(chr(34))}{suffix}"', Accept_Encoding="gzip, br") == 304


def test_another_tag_is_sent_the_bytes(status) -> None:
    assert status(If_None_Match='"other"') == 200


@pytest.mark.parametrize("coding", ["gzip", "br"])
def test_a_tag_of_a_coding_answers_for_that_coding(client, tag, coding: str) -> None:
    answer = client.get(ADDRESS, headers={"If-None-Match": tag(coding), "Accept-Encoding": "gzip, br"})
    assert (answer.status_code, answer.headers["ETag"]) == (304, tag(coding))


def test_a_tag_of_a_coding_the_client_no_longer_takes_is_sent_the_bytes(status, tag) -> None:
    assert status(If_None_Match=tag("br"), Accept_Encoding="gzip") == 200


def test_a_date_since_the_last_change_is_answered_without_a_body(client, status) -> None:
    assert status(If_Modified_Since=client.get(ADDRESS).headers["Last-Modified"]) == 304


@pytest.mark.parametrize("form", ["%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"])
@pytest.mark.parametrize("added", ["", "; length=12345"])
def test_each_of_the_three_forms_of_a_date_is_understood(client, status, form: str, added: str) -> None:
    said = parsedate_to_datetime(client.get(ADDRESS).headers["Last-Modified"]).strftime(form)
    assert status(If_Modified_Since=said + added) == 304


def test_a_date_before_the_last_change_is_sent_the_bytes(status) -> None:
    assert status(If_Modified_Since="Mon, 02 Mar 2026 09:59:59 GMT") == 200


@pytest.mark.parametrize("date", ["soon", "Mon, 02 Mar 2126 10:00:00 GMT", "Mon, 02 Mar 2026 11:00:00"])
def test_a_date_that_says_nothing_is_passed_over(status, date: str) -> None:
    assert status(If_Modified_Since=date) == 200


def test_a_tag_overrides_a_date(client, status) -> None:
    assert status(If_None_Match='"other"', If_Modified_Since=client.get(ADDRESS).headers["Last-Modified"]) == 200


def test_two_changes_in_one_second_are_never_taken_for_one(client, post, app, clock) -> None:
    seen = client.get(ADDRESS).headers["Last-Modified"]
    for title in ("Un", "Deux"):
        post(title, "masters")
        app.extensions["publisher"].changed()
        answer = client.get(ADDRESS, headers={"If-Modified-Since": seen})
        assert answer.status_code == 200
        seen = answer.headers["Last-Modified"]
    clock.forward(seconds=5)
    settled = client.get(ADDRESS).headers["Last-Modified"]
    assert client.get(ADDRESS, headers={"If-Modified-Since": settled}).status_code == 304


def test_an_item_that_leaves_is_a_change(client, post, app, clock, desk) -> None:
    before = client.get(ADDRESS).headers
    item = post("Erreur", "masters")
    clock.forward(minutes=1)
    retract_item(desk, item.id, "cli")
    clock.forward(minutes=1)
    app.extensions["publisher"].changed()
    assert client.get(ADDRESS).headers["Last-Modified"] > before["Last-Modified"]
    assert client.get(ADDRESS, headers={"If-Modified-Since": before["Last-Modified"]}).status_code == 200


def test_head_is_conditional_too(client, tag, clock) -> None:
    assert client.head(ADDRESS, headers={"If-None-Match": tag()}).status_code == 304
    assert (
        client.head(ADDRESS, headers={"If-Modified-Since": format_datetime(clock.moment, usegmt=True)}).status_code
        == 304
    )
