from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from desk.context import Desk
from desk.items.listing import list_items
from desk.items.posting import get_item, post_item
from desk.publishing.browse import listing
from news.drafts import Draft
from news.errors import InvalidFields, NotAllowed
from news.items import Item, Status
from news.users import User


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def shown(desk: Desk) -> list[str]:
    return [view.item.title for view in listing(desk).items]


def test_a_draft_without_a_date_is_kept_and_shown_nowhere(desk: Desk):
    item = post_item(desk, Draft("Un brouillon"), "cli")
    assert (item.status, item.published, item.first_published) == (Status.DRAFT, None, None)
    assert get_item(desk, item.id) == item
    assert shown(desk) == []


def test_published_without_a_date_means_now(desk: Desk):
    item = post_item(desk, Draft("Maintenant", status="published"), "cli")
    assert item.status is Status.PUBLISHED
    assert item.published == item.first_published == item.updated == desk.now()
    assert item.day is None
    assert shown(desk) == ["Maintenant"]


def test_a_past_day_is_stored_as_that_day_and_published_at_half_past_ten_utc(desk: Desk):
    item = post_item(desk, Draft("Hier", date="04/10/2024", status="published"), "cli")
    assert (item.day, item.published) == (date(2024, 10, 4), at("2024-10-04 10:30:00"))
    assert item.updated == item.published, "a first publication is no later change"


def test_today_as_a_day_is_published_when_it_was_first_seen(desk: Desk):
    item = post_item(desk, Draft("Aujourd'hui", date="2026-03-02", status="published"), "cli")
    assert (item.day, item.published) == (date(2026, 3, 2), at("2026-03-02 09:00:00"))


@pytest.mark.parametrize("status", ["published", "scheduled"])
def test_what_is_due_later_is_scheduled_whatever_the_form_called_it(desk: Desk, status: str):
    item = post_item(desk, Draft("Demain", date="2026-03-03", status=status), "cli")
    assert (item.status, item.due) == (Status.SCHEDULED, at("2026-03-02 23:00:00"))
    assert shown(desk) == []


def test_what_was_to_be_scheduled_for_the_past_is_published(desk: Desk):
    assert post_item(desk, Draft("Passé", date="2026-03-01", status="scheduled"), "cli").status is Status.PUBLISHED


def test_a_local_time_is_the_newsrooms(desk: Desk):
    item = post_item(desk, Draft("À neuf heures", date="2026-07-01T09:00", status="published"), "cli")
    assert item.due == at("2026-07-01 07:00:00")


def test_what_an_author_publishes_waits_for_review(desk: Desk, author: User):
    item = post_item(desk, Draft("À relire", date="2026-03-01", status="published"), author)
    assert (item.status, item.owner_id) == (Status.REVIEW, author.id)
    assert shown(desk) == []


def test_an_authors_draft_is_a_draft(desk: Desk, author: User):
    assert post_item(desk, Draft("Pas fini"), author).status is Status.DRAFT


def test_an_editor_publishes_at_once(desk: Desk, editor: User):
    assert post_item(desk, Draft("Publié", status="published"), editor).status is Status.PUBLISHED


def test_a_disabled_person_may_not_post(desk: Desk, editor: User):
    with pytest.raises(NotAllowed):
        post_item(desk, Draft("Non"), replace(editor, disabled=desk.now()))
    assert list_items(desk) == ()


def test_everything_wrong_in_a_form_is_said_at_once_and_nothing_is_kept(desk: Desk):
    wrong = Draft(
        "  ", categories=("doctorat", "nulle-part"), date="31/02/2026", link="javascript:alert(1)", language="xx",
        status="withdrawn", image_url="ftp://x",
    )  # fmt: skip
    with pytest.raises(InvalidFields) as raised:
        post_item(desk, wrong, "cli")
    assert {name: error.key for name, error in raised.value.fields.items()} == {
        "title": "item.title.empty",
        "categories": "item.category.unknown",
        "date": "date.malformed",
        "link": "url.malformed",
        "language": "item.language.unknown",
        "status": "item.status.unknown",
        "image_url": "url.malformed",
    }
    assert list_items(desk) == ()


def test_scheduled_needs_a_date(desk: Desk):
    with pytest.raises(InvalidFields) as raised:
        post_item(desk, Draft("Quand ?", status="scheduled"), "cli")
    assert raised.value.fields["date"].key == "item.date.needed"


def test_the_hour_the_spring_change_skips_is_refused(desk: Desk):
    with pytest.raises(InvalidFields) as raised:
        post_item(desk, Draft("Jamais", date="2026-03-29T02:30", status="published"), "cli")
    assert raised.value.fields["date"].key == "date.skipped_hour"


def test_a_body_is_made_safe_and_plain_text_becomes_paragraphs(desk: Desk):
    rich = post_item(desk, Draft("A", body="<p onclick=x>Un<script>alert(1)</script></p>"), "cli")
    plain = post_item(desk, Draft("B", body="Un & deux\n\nTrois < quatre"), "cli")
    assert rich.content_html == "<p>Un</p>"
    assert plain.content_html == "<p>Un &amp; deux</p>\n<p>Trois &lt; quatre</p>"


def test_a_translation_shares_the_story_of_its_original(desk: Desk):
    original = post_item(desk, Draft("Une nouvelle"), "cli")
    translated = post_item(desk, Draft("Some news", language="en"), "cli", story_of=original.id)
    assert translated.story_id == original.story_id == original.id
    assert translated.id != original.id


def test_items_are_listed_newest_first_and_ties_by_the_later_id(desk: Desk):
    given = [("a", "2026-01-01"), ("b", "2026-02-01"), ("c", "2026-02-01"), ("d", "2025-01-01")]
    for title, day in given:
        post_item(desk, Draft(title, date=day, status="published"), "cli")
    assert [item.title for item in list_items(desk)] == ["c", "b", "a", "d"]
    ids: list[Item] = sorted(list_items(desk), key=lambda item: item.id)
    assert [item.title for item in ids] == ["a", "b", "c", "d"], "ids are ordered by time"
