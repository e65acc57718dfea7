"""Many new items recorded at once are told of as one by one."""

from dataclasses import replace
from datetime import UTC, timedelta
from json import JSONEncoder

from hypothesis import given
from hypothesis import strategies as st

from desk.context import Desk
from desk.item_history import difference, first_line
from desk.recording import record, record_new
from news.items import Brought, Image, Item, Status
from news.webhooks import Event, Webhook

moments = st.datetimes(timezones=st.just(UTC))


def told_and_written(desk: Desk, items: list[Item]) -> list[object]:
    """What waits in the outbox and stands in history of ``items``, by their place."""
    places = {item.id: place for place, item in enumerate(items)}
    with desk.storage.read() as reader:
        waiting = reader.outbox(desk.now() + timedelta(days=1))
        said = [
            (row.topic, places[str(row.payload["item"])], {**row.payload, "item": ""}, row.due)
            for row in waiting
            if row.topic != "item.shown" and row.payload.get("item") in places
        ]
        written = [replace(change, object_id="", data=_without_ids(change.data))
                   for item in items for change in reader.history("item", item.id)]  # fmt: skip
    return [said, written]


def _without_ids(data: dict[str, object]) -> dict[str, object]:
    return {name: said for name, said in data.items() if name not in ("id", "story_id", "updated")}


def drained(desk: Desk) -> list[dict[str, object]]:
    """What the outbox says that feeds show, item aside and each once; it is empty then."""
    with desk.storage.transaction() as tx:
        rows = tx.outbox(desk.now() + timedelta(days=1), topics=("item.shown",))
        for row in rows:
            tx.drop_outbox(row.id)
    said = [{name: what for name, what in row.payload.items() if name != "item"} for row in rows]
    return [each for place, each in enumerate(said) if each not in said[:place]]


def test_what_is_told_of_many_new_items_is_what_is_told_of_each(desk: Desk):
    now = desk.now()
    with desk.storage.transaction() as tx:
        tx.put_webhook(Webhook(desk.mint(), "https://hook.example/", frozenset(Event), "whsec_x", now))
        category = next(each.id for each in tx.categories())

    def made() -> list[Item]:
        ids = [desk.mint() for _ in range(3)]
        items = [
            Item(each, each, "Titre", "fr", Status.PUBLISHED, now, now, published=now, first_published=now,
                 content_html="<p>Corps</p>", categories=frozenset({category}))
            for each in ids
        ]  # fmt: skip
        pictured = replace(items[1], image=Image("https://un.example/1.png", "Image"))
        return [items[0], pictured, replace(items[2], status=Status.REVIEW)]

    singly, together = made(), made()
    with desk.storage.transaction() as tx:
        for item in singly:
            record(tx, None, item, actor="source:1", action="collected", now=now)
    shown = drained(desk)
    with desk.storage.transaction() as tx:
        record_new(tx, together, actor_of=lambda _: "source:1", action="collected", now=now)
    expected = told_and_written(desk, singly)
    assert told_and_written(desk, together) == expected
    assert {row[0] for row in expected[0]} == {"webhook", "picture"}  # type: ignore[attr-defined]
    assert drained(desk) == shown == [{"categories": [category], "languages": ["fr"]}]


def test_what_feeds_show_of_many_new_items_is_one_row_for_all_that_stand_in_the_same_feeds(desk: Desk):
    now = desk.now()
    items = [
        Item(each, each, f"Titre {number}", language, Status.PUBLISHED, now, now, published=now, first_published=now)
        for number, language in enumerate(("fr", "en", "fr", "fr"))
        for each in [desk.mint()]
    ]
    with desk.storage.transaction() as tx:
        record_new(tx, items, actor_of=lambda _: "source:1", action="collected", now=now)
    with desk.storage.read() as reader:
        rows = reader.outbox(now)
    assert [row.payload for row in rows] == [
        {"categories": [], "languages": ["fr"]}, {"categories": [], "languages": ["en"]},
    ]  # fmt: skip


@given(
    item=st.builds(
        Item, id=st.uuids().map(str), story_id=st.uuids().map(str), title=st.text(), language=st.just("fr"),
        status=st.sampled_from(Status), created=moments, updated=moments, link=st.none() | st.text(), summary=st.text(),
        author=st.none() | st.text(),
        image=st.none() | st.builds(Image, st.text(), st.text(), st.none() | st.integers()),
        categories=st.frozensets(st.text(max_size=3)), day=st.none() | st.dates(), published=st.none() | moments,
        overridden=st.frozensets(st.text(max_size=3)), brought=st.none() | st.builds(Brought, st.text(), st.booleans()),
    )
)  # fmt: skip
def test_the_first_line_of_history_is_what_the_new_item_says_as_json(item: Item):
    assert first_line(item) == JSONEncoder(ensure_ascii=False, sort_keys=True).encode(difference(None, item))
