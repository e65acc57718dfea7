"""What somebody who comes from another program looks for, and finds under the name it has there."""

from __future__ import annotations

import lxml.html

from desk.items.posting import get_item, post_item
from news.days import local_day
from news.drafts import Draft
from news.items import Status


def page_of(editor, item):
    return editor.get(f"/staff/items/{item.id}?lang=fr").text


def test_what_was_never_public_goes_to_the_bin_and_what_was_is_withdrawn(editor, desk, people):
    draft = post_item(desk, Draft("Idée"), people["editor"])
    public = post_item(desk, Draft("Nouvelle", status="published"), people["editor"])
    assert "Mettre à la corbeille" in page_of(editor, draft)
    assert "Elle disparaît des pages, des flux et des blocs." not in page_of(editor, draft)
    assert "Elle disparaît des pages, des flux et des blocs." in page_of(editor, public)
    assert "corbeille" not in page_of(editor, public)


def test_the_choice_to_publish_is_named_so_until_it_is_public(editor, desk, people):
    def choice(text):
        form = lxml.html.fromstring(text).get_element_by_id("status")
        return form.xpath(".//input[@value='published']/following-sibling::span")[0].text_content()

    assert choice(editor.get("/staff/items/new?lang=fr").text) == "Publier"
    public = post_item(desk, Draft("Nouvelle", status="published"), people["editor"])
    assert choice(page_of(editor, public)) == "Publiée"


def test_a_link_without_its_scheme_is_taken_as_one_of_the_web(editor, desk):
    there = editor.post("/staff/items/new", {"title": "Une", "link": "www.partner.example/a"}).location
    assert get_item(desk, there.rpartition("/")[2]).link == "https://www.partner.example/a"


def test_the_calendar_begins_an_item_for_a_day_to_come_and_for_none_that_is_over(editor, desk):
    today = local_day(desk.now(), desk.settings.timezone)
    month = lxml.html.fromstring(editor.get(f"/staff/calendar?month={today:%Y-%m}&lang=fr").text)
    links = [link.get("href") for link in month.xpath("//a[contains(@class, 'month__new')]")]
    assert links[0] == f"/staff/items/new?date={today}"
    form = lxml.html.fromstring(editor.get(f"{links[0]}&lang=fr").text)
    assert form.get_element_by_id("date").get("value") == f"{today:%d/%m/%Y}"
    opened = editor.get(links[0], headers={"Sec-Fetch-Mode": "navigate"})
    assert f"date={today}" in opened.location


def test_an_item_of_midnight_stands_in_the_calendar_without_an_hour(editor, desk, people):
    post_item(desk, Draft("Une", date="2026-10-04T00:00", status="published"), people["editor"])
    item = post_item(desk, Draft("Autre", date="2026-10-04T09:00", status="published"), people["editor"])
    assert item.status is Status.SCHEDULED
    times = lxml.html.fromstring(editor.get("/staff/calendar?month=2026-10&lang=fr").text).xpath(
        "//table//li/time/text()"
    )
    assert sorted(times) == ["9\u00a0h", "dans la journée"]


def test_an_author_has_one_choice_to_send_to_review_and_not_two_names_for_it(signed_in, desk, people):
    author = signed_in("author")

    def choices(address):
        form = lxml.html.fromstring(author.get(address).text).get_element_by_id("status")
        return form.xpath(".//input/@value")

    assert choices("/staff/items/new") == ["draft", "published"]
    proposed = post_item(desk, Draft("Idée", status="published"), people["author"])
    assert proposed.status is Status.REVIEW
    assert choices(f"/staff/items/{proposed.id}") == ["draft", "review"]
