import pytest

from desk.context import Desk
from desk.items.posting import get_item, history_of, retract_item
from desk.publishing.browse import item_page, listing
from news.errors import Gone, NotAllowed, NotFound
from news.items import Status
from news.users import User


def test_a_retracted_item_is_gone_from_every_shelf_search_and_count(desk: Desk, post):
    item = post("Retirée", "doctorat", "masters", summary="mot rare")
    post("Reste", "doctorat")
    retract_item(desk, item.id, "cli", reason="Erreur")
    for selection in ("all", "doctorat", "masters", "doctorat+masters", "doctorat,masters"):
        assert item.id not in [view.item.id for view in listing(desk, selection).items]
    assert listing(desk, q="rare").items == ()
    with desk.storage.read() as reader:
        counts = reader.category_counts()
        slugs = {category.slug: counts[category.id] for category in reader.categories()}
    assert (counts[""], slugs["doctorat"], slugs["masters"]) == (1, 1, 0)


def test_its_page_says_that_it_was_here(desk: Desk, post):
    item = post("Retirée")
    retract_item(desk, item.id, "cli")
    with pytest.raises(Gone):
        item_page(desk, item.id)


def test_a_draft_that_was_retracted_was_never_here(desk: Desk, post):
    item = post("Jamais vue", status="draft")
    retract_item(desk, item.id, "cli")
    with pytest.raises(NotFound):
        item_page(desk, item.id)


def test_a_scheduled_item_that_is_retracted_never_comes_out(desk: Desk, post, clock):
    from desk.items.publishing_due import next_due, publish_due

    item = post("Embargo levé jamais", date="2026-03-03")
    retract_item(desk, item.id, "cli")
    clock.forward(days=2)
    assert (publish_due(desk), next_due(desk)) == (0, None)
    assert get_item(desk, item.id).status is Status.WITHDRAWN


def test_the_feeds_that_showed_it_change_and_no_other(desk: Desk, post, clock):
    from desk.selecting import resolve

    def states() -> dict[str, object]:
        with desk.storage.read() as reader:
            return {slug: reader.feed_state(resolve(reader, slug)) for slug in ("all", "doctorat", "masters", "all.en")}

    item = post("Retirée", "doctorat")
    clock.forward(hours=1)
    before = states()
    retract_item(desk, item.id, "cli")
    after = states()
    assert [slug for slug in after if after[slug] != before[slug]] == ["all", "doctorat"]
    assert after["doctorat"].changed_at == desk.now()


def test_retracting_again_changes_nothing(desk: Desk, post, clock):
    item = retract_item(desk, post("Retirée").id, "cli")
    clock.forward(hours=1)
    assert retract_item(desk, item.id, "cli") == item
    assert len(history_of(desk, "item", item.id)) == 2


def test_history_says_who_and_why(desk: Desk, post, editor: User):
    item = retract_item(desk, post("Retirée").id, editor, reason="Demande du laboratoire")
    last = history_of(desk, "item", item.id)[0]
    assert (last.actor, last.action, last.version) == (
        f"user:{editor.id}", "withdrawn: Demande du laboratoire", item.version,
    )  # fmt: skip
    assert last.data["status"] == {"from": "published", "to": "withdrawn"}


def test_an_author_may_not_retract_anothers_item(desk: Desk, post, author: User):
    item = post("À la rédaction")
    with pytest.raises(NotAllowed):
        retract_item(desk, item.id, author)
    assert get_item(desk, item.id).status is Status.PUBLISHED


def test_an_unknown_item_cannot_be_retracted(desk: Desk):
    with pytest.raises(NotFound):
        retract_item(desk, "nichts", "cli")
