import pytest

from desk.context import Desk
from desk.items.posting import get_item, history_of, post_item
from desk.items.review import accept, refuse, waiting
from desk.publishing.browse import listing
from news.drafts import Draft
from news.errors import NotAllowed, NotFound
from news.items import Item, Status
from news.users import User


@pytest.fixture
def proposed(desk: Desk, author: User) -> list[Item]:
    drafts = [Draft(title, ("doctorat",), date="2026-02-01", status="published") for title in ("Une", "Deux", "Trois")]
    return [post_item(desk, draft, author) for draft in drafts]


def titles(items) -> list[str]:
    return [item.title for item in items]


def test_what_waits_is_listed_newest_first_in_pages(desk: Desk, proposed: list[Item], post):
    post("Publiée")
    assert titles(waiting(desk)) == ["Trois", "Deux", "Une"]
    assert titles(waiting(desk, limit=1, offset=1)) == ["Deux"]


def test_accepted_items_are_public_under_their_own_dates(desk: Desk, proposed: list[Item], editor: User, clock):
    clock.forward(days=30)
    assert accept(desk, [proposed[0].id, proposed[1].id], editor) == 2
    assert titles(view.item for view in listing(desk).items) == ["Deux", "Une"]
    accepted = get_item(desk, proposed[0].id)
    assert (accepted.published, accepted.updated) == (proposed[0].published, proposed[0].published)
    assert titles(waiting(desk)) == ["Trois"]


def test_accepting_may_choose_other_categories(desk: Desk, proposed: list[Item], editor: User):
    accept(desk, [proposed[0].id], editor, ("masters", "ingenieurs"))
    assert [view.item.id for view in listing(desk, "ingenieurs+masters").items] == [proposed[0].id]
    assert listing(desk, "doctorat").items == ()


def test_an_accepted_item_with_a_future_date_is_scheduled(desk: Desk, author: User, editor: User):
    item = post_item(desk, Draft("Demain", date="2026-03-03", status="published"), author)
    accept(desk, [item.id], editor)
    assert get_item(desk, item.id).status is Status.SCHEDULED


def test_an_accepted_item_without_a_date_is_of_now(desk: Desk, author: User, editor: User, clock):
    item = post_item(desk, Draft("Sans date", status="published"), author)
    clock.forward(days=3)
    accept(desk, [item.id], editor)
    assert get_item(desk, item.id).published == desk.now()


def test_refused_items_are_withdrawn_and_wait_no_more(desk: Desk, proposed: list[Item], editor: User):
    assert refuse(desk, [item.id for item in proposed], editor) == 3
    assert waiting(desk) == ()
    assert get_item(desk, proposed[0].id).status is Status.WITHDRAWN
    assert history_of(desk, "item", proposed[0].id)[0].action == "refused"


def test_what_has_been_decided_is_not_decided_again(desk: Desk, proposed: list[Item], editor: User):
    accept(desk, [proposed[0].id], editor)
    assert refuse(desk, [proposed[0].id], editor) == 0
    assert accept(desk, [proposed[0].id, proposed[0].id], editor) == 0
    assert get_item(desk, proposed[0].id).status is Status.PUBLISHED


def test_one_unknown_id_or_category_decides_nothing(desk: Desk, proposed: list[Item], editor: User):
    with pytest.raises(NotFound):
        accept(desk, [proposed[0].id, "inconnu"], editor)
    with pytest.raises(NotFound):
        accept(desk, [proposed[0].id], editor, ("nulle-part",))
    assert len(waiting(desk)) == 3
    assert listing(desk).items == ()


@pytest.mark.parametrize("decide", [accept, refuse])
def test_an_author_decides_nothing(desk: Desk, proposed: list[Item], author: User, decide):
    with pytest.raises(NotAllowed):
        decide(desk, [proposed[0].id], author)
    assert len(waiting(desk)) == 3
