"""Changing a source after it was added."""

import pytest

from desk.collecting.collect import collect_due, refresh
from desk.context import Desk
from desk.items.listing import list_items
from desk.items.posting import history_of
from desk.publishing.browse import listing
from desk.sources.editing import SourceEdit, edit_source
from desk.sources.registry import NewSource, add_source, get_source
from news.errors import Conflict, InvalidInput, NotAllowed, NotFound
from news.sources import Selectors, Source

DATED = {"pubDate": "Fri, 04 Oct 2024 08:00:00 GMT"}


@pytest.fixture
def source(collecting: Desk, site) -> Source:
    entries = [site.entry(name, guid=name, category="Research", **DATED) for name in ("a", "b")]
    made = add_source(
        collecting,
        NewSource(site.put("/feed", site.rss(*entries)), "feed", categories=("diversite-rse",), trust="publish"),
        "cli",
    )
    refresh(collecting, [made])
    return get_source(collecting, made.id)


def edit(desk: Desk, source: Source, actor="cli", **said) -> Source:
    return edit_source(desk, source.id, SourceEdit(**said), actor)


def slugs(desk: Desk, ids) -> set[str]:
    with desk.storage.read() as reader:
        return {category.slug for category in reader.categories() if category.id in ids}


def test_everything_that_adding_takes_can_be_changed(collecting: Desk, site, source, editor):
    after = edit(
        collecting, source, editor, url=site.url("/autre"), kind="page", name=" Le  labo ", categories=("masters",),
        map=(("Research", "doctorat"),), trust="review", language="en", selectors=Selectors(item="li"),
    )  # fmt: skip
    assert get_source(collecting, source.id) == after
    assert (after.url, after.kind, after.name, after.trust) == (site.url("/autre"), "page", "Le labo", "review")
    assert (after.language, after.selectors.item) == ("en", "li")
    assert (slugs(collecting, after.categories), slugs(collecting, after.map.values())) == ({"masters"}, {"doctorat"})
    change = history_of(collecting, "source", source.id)[0]
    assert (change.action, change.actor) == ("edited", f"user:{editor.id}")
    assert change.data["url"] == {"from": source.url, "to": site.url("/autre")}
    assert set(change.data) == {"url", "kind", "name", "categories", "map", "trust", "language", "selectors"}


def test_what_is_not_named_stays(collecting: Desk, source):
    after = edit(collecting, source, name="Autre")
    assert (after.url, after.trust, after.check) == (source.url, source.trust, source.check)


def test_changing_nothing_leaves_no_history(collecting: Desk, source):
    assert edit(collecting, source, name=source.name, trust="publish") == source
    assert [change.action for change in history_of(collecting, "source", source.id)] == ["added"]


def test_another_address_is_read_from_the_beginning_now(collecting: Desk, site, source):
    url = site.put("/autre", site.rss(site.entry("c", guid="c")), ETag='"n"')
    after = edit(collecting, source, url=url)
    assert (after.check.next_at, after.check.etag, after.check.body_hash) == (collecting.now(), None, None)
    assert [outcome.new for outcome in collect_due(collecting)] == [1]
    assert len(list_items(collecting)) == 3


def test_an_address_another_source_has_is_refused(collecting: Desk, site, source):
    other = add_source(collecting, NewSource(site.url("/autre"), "feed"), "cli")
    with pytest.raises(Conflict) as caught:
        edit(collecting, source, url=other.url)
    assert caught.value.key == "source.url.taken"


@pytest.mark.parametrize(
    "said",
    [
        {"url": "ftp://x.example/"}, {"kind": "magic"}, {"trust": "blind"}, {"language": "xx"},
        {"selectors": Selectors(item="li[")},
    ],
)  # fmt: skip
def test_what_cannot_be_taken_changes_nothing(collecting: Desk, source, said):
    with pytest.raises(InvalidInput):
        edit(collecting, source, **said)
    assert get_source(collecting, source.id) == source


def test_an_unknown_category_or_source_is_not_found(collecting: Desk, source):
    with pytest.raises(NotFound):
        edit(collecting, source, categories=("nulle-part",))
    with pytest.raises(NotFound):
        edit_source(collecting, "x", SourceEdit(name="y"), "cli")


def test_an_author_may_not(collecting: Desk, source, author):
    with pytest.raises(NotAllowed):
        edit(collecting, source, author, name="Autre")


def test_the_kind_can_be_found_out_by_looking(collecting: Desk, source):
    assert edit(collecting, source, kind="auto").kind == "feed"


def test_a_changed_rule_moves_no_old_item_to_the_top(collecting: Desk, site, source, post, clock):
    post("D'hier")
    before = [view.item.title for view in listing(collecting).items]
    edit(collecting, source, map=(("Research", "doctorat"),), categories=("masters",), language="en")
    clock.forward(hours=1)
    refresh(collecting, [get_source(collecting, source.id)])
    edit(collecting, source, url=site.put("/autre", site.pages["/feed"]({})[2]))
    clock.forward(hours=1)
    refresh(collecting, [get_source(collecting, source.id)])
    assert [view.item.title for view in listing(collecting).items] == before == ["D'hier", "a", "b"]
    assert len(list_items(collecting)) == 3


def test_an_answer_of_the_former_address_that_comes_late_is_not_taken(collecting: Desk, site, source):
    late = site.rss(site.entry("Trop tard", guid="z")).encode()

    def answer(_):
        edit(collecting, source, url=site.url("/autre"))
        return 200, {}, late

    site.pages["/feed"] = answer
    (outcome,) = refresh(collecting, [source])
    assert (outcome.new, outcome.error) == (0, None)
    assert "Trop tard" not in [item.title for item in list_items(collecting)]


def test_a_wordpress_site_is_named_by_its_home_afterwards_too(collecting: Desk):
    made = add_source(collecting, NewSource("https://old.example/", "wordpress"), "cli")
    moved = edit(collecting, made, url="https://new.example/blog/")
    assert moved.url == made.url.replace("old.example", "new.example/blog")
    assert edit(collecting, moved, url=moved.url) == moved
    there = add_source(collecting, NewSource("https://third.example/", "feed"), "cli")
    assert "/wp-json/wp/v2/posts" in edit(collecting, there, kind="wordpress").url
