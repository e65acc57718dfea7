"""Many new items recorded at once are told of as one by one."""

from dataclasses import replace
from datetime import timedelta

from desk.context import Desk
from desk.recording import record, record_new
from news.items import Image, Item, Status
from news.webhooks import Event, Webhook


def told_and_written(desk: Desk, items: list[Item]) -> list[object]:
    """What waits in the outbox and stands in history of ``items``, by their place."""
    places = {item.id: place for place, item in enumerate(items)}
    with desk.storage.read() as reader:
        waiting = reader.outbox(desk.now() + timedelta(days=1))
        said = [
            (row.topic, places[str(row.payload["item"])], {**row.payload, "item": ""}, row.due)
            for row in waiting
            if row.payload.get("item") in places
        ]
        written = [replace(change, object_id="", data=_without_ids(change.data))
                   for item in items for change in reader.history("item", item.id)]  # fmt: skip
    return [said, written]


def _without_ids(data: dict[str, object]) -> dict[str, object]:
    return {name: said for name, said in data.items() if name not in ("id", "story_id", "updated")}


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
    with desk.storage.transaction() as tx:
        record_new(tx, together, actor_of=lambda _: "source:1", action="collected", now=now)
    expected = told_and_written(desk, singly)
    assert told_and_written(desk, together) == expected
    assert {row[0] for row in expected[0]} == {"item.shown", "webhook", "picture"}  # type: ignore[attr-defined]
