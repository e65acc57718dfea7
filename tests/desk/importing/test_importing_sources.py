import pytest

from desk.collecting.collect import collect_due
from desk.context import Desk
from desk.importing.imports import AT_ONCE, Given, bring
from desk.importing.sources import MOST_BYTES, import_opml
from desk.items.listing import ItemFilter, list_items
from desk.items.posting import history_of
from desk.sources.registry import NewSource, add_source, list_sources
from news.errors import FetchFailed, InvalidInput, NotAllowed, NotUnderstood
from news.items import Status
from news.sources import Kind, Trust


def opml(*outlines: str) -> Given:
    return Given(f'<opml version="2.0"><body>{"".join(outlines)}</body></opml>'.encode())


def outline(name: str, url: str, more: str = "") -> str:
    return f'<outline text="{name}" xmlUrl="{url}" {more}/>'


def slugs(desk: Desk, ids: frozenset[str]) -> set[str]:
    with desk.storage.read() as reader:
        return {category.slug for category in reader.categories() if category.id in ids}


def test_each_feed_of_a_list_becomes_a_source_that_waits_for_review_and_is_due(desk: Desk):
    report = import_opml(desk, opml(outline("Labo", "https://a.example/f", 'language="fr-FR"')), "cli")

    (source,) = list_sources(desk)
    assert (report.added, report.there, report.refused, report.notes) == (1, 0, (), ())
    assert (source.url, source.name, source.kind, source.trust) == (
        "https://a.example/f", "Labo", Kind.FEED, Trust.REVIEW,
    )  # fmt: skip
    assert (source.check.next_at, source.language) == (desk.now(), "fr")
    assert [change.action for change in history_of(desk, "source", source.id)] == ["imported"]


def test_a_feed_without_a_name_is_called_after_its_host(desk: Desk):
    import_opml(desk, opml(outline(" ", "https://a.example/f")), "cli")

    assert [source.name for source in list_sources(desk)] == ["a.example"]


def test_folders_and_categories_that_are_ours_become_the_sources(desk: Desk):
    inside = outline("Labo", "https://a.example/f", 'category="/École/Diversity &amp; CSR"')
    report = import_opml(desk, opml(f'<outline text="DOCTORAT">{inside}</outline>'), "cli")

    assert slugs(desk, list_sources(desk)[0].categories) == {"doctorat", "diversite-rse"}
    assert [(note.about, note.error.key) for note in report.notes] == [("École", "import.category.unknown")]


def test_an_unknown_folder_is_told_once_with_how_often(desk: Desk):
    inside = outline("A", "https://a.example/") + outline("B", "https://b.example/")
    report = import_opml(desk, opml(f'<outline text="Divers">{inside}</outline>'), "cli")

    assert [note.error.message_args for note in report.notes] == [{"name": "Divers", "times": 2}]
    assert report.added == 2


def test_an_address_that_is_there_is_left_as_it_is(desk: Desk):
    there = add_source(desk, NewSource("https://a.example/f", "feed", name="À nous", trust="publish"), "cli")
    report = import_opml(desk, opml(outline("Autre", "https://a.example/f"), outline("B", "https://b.example/")), "cli")

    assert (report.added, report.there) == (1, 1)
    assert there in list_sources(desk)


def test_a_list_that_names_an_address_twice_adds_it_once(desk: Desk):
    report = import_opml(desk, opml(outline("A", "https://a.example/"), outline("Encore", "https://a.example/")), "cli")

    assert (report.added, report.there) == (1, 1)
    assert [source.name for source in list_sources(desk)] == ["A"]


def test_a_feed_in_two_folders_gets_the_categories_of_both(desk: Desk):
    feed = outline("A", "https://a.example/")
    folders = [f'<outline text="{name}">{feed}</outline>' for name in ("Masters", "Doctorat")]
    import_opml(desk, opml(*folders), "cli")

    assert [slugs(desk, source.categories) for source in list_sources(desk)] == [{"masters", "doctorat"}]


def test_importing_twice_changes_nothing(desk: Desk):
    listed = opml(outline("A", "https://a.example/"), outline("B", "https://b.example/"))
    import_opml(desk, listed, "cli")
    before = list_sources(desk)
    report = import_opml(desk, listed, "cli")

    assert (report.added, report.there) == (0, 2)
    assert list_sources(desk) == before


def test_a_bad_outline_is_named_and_the_others_go_on(desk: Desk):
    report = import_opml(
        desk, opml(outline("Fichier", "file:///etc/passwd"), outline("B", "https://b.example/")), "cli"
    )

    assert [(each.about, each.error.key) for each in report.refused] == [("Fichier", "url.malformed")]
    assert (report.added, report.failed) == (1, False)


def test_nothing_taken_of_something_is_a_failure(desk: Desk):
    assert import_opml(desk, opml(outline("Fichier", "file:///etc/passwd")), "cli").failed
    assert not import_opml(desk, opml(), "cli").failed


def test_a_trial_says_the_same_and_writes_nothing(desk: Desk):
    listed = opml(outline("A", "https://a.example/"), outline("A", "https://a.example/"), outline("C", "nowhere"))
    trial = import_opml(desk, listed, "cli", dry_run=True)

    assert list_sources(desk) == ()
    done = import_opml(desk, listed, "cli")
    assert [(each.added, each.there, len(each.refused)) for each in (trial, done)] == [(1, 1, 1)] * 2


def test_a_long_list_comes_in_whole(desk: Desk):
    many = [outline(str(n), f"https://a.example/{n}") for n in range(AT_ONCE + 5)]

    assert import_opml(desk, opml(*many), "cli").added == AT_ONCE + 5
    assert len(list_sources(desk)) == AT_ONCE + 5


def test_what_is_no_list_adds_nothing(desk: Desk):
    with pytest.raises(NotUnderstood):
        import_opml(desk, Given(b"<html></html>"), "cli")


def test_an_author_may_not(desk: Desk, author):
    with pytest.raises(NotAllowed):
        import_opml(desk, opml(), author)


def test_a_list_at_an_address_is_fetched_and_its_feeds_are_collected(collecting: Desk, site):
    feed = site.put("/feed", site.rss(site.entry("Une thèse", link="https://partner.example.org/1")))
    listed = site.put("/list.opml", opml(outline("Labo", feed)).body, "text/x-opml")
    assert import_opml(collecting, bring(collecting, listed, MOST_BYTES), "cli").added == 1

    collect_due(collecting)

    assert [(item.title, item.status) for item in list_items(collecting, ItemFilter())] == [
        ("Une thèse", Status.REVIEW)
    ]


def test_an_address_that_is_private_is_not_fetched(desk: Desk, site):
    with pytest.raises(FetchFailed) as caught:
        bring(desk, site.put("/list.opml", opml().body), MOST_BYTES)

    assert caught.value.key == "source.fetch.refused_address"


def test_a_document_larger_than_it_may_be_is_not_taken_in(collecting: Desk, site, tmp_path):
    (tmp_path / "list").write_bytes(b"12345678901")
    with pytest.raises(InvalidInput) as from_file:
        bring(collecting, str(tmp_path / "list"), 10)
    with pytest.raises(FetchFailed) as from_address:
        bring(collecting, site.put("/list", b"12345678901"), 10)

    assert (from_file.value.key, from_address.value.key) == ("import.too_big", "source.fetch.too_big")
    assert bring(collecting, str(tmp_path / "list"), 11).body == b"12345678901"


def test_a_wordpress_interface_in_a_list_is_read_as_one(desk: Desk):
    import_opml(desk, opml(outline("Labo", "https://a.example/wp-json/wp/v2/posts?categories=3")), "cli")

    (source,) = list_sources(desk)
    assert (source.kind, source.url.partition("&")[0]) == (
        Kind.WORDPRESS, "https://a.example/wp-json/wp/v2/posts?categories=3",
    )  # fmt: skip


def test_the_feed_of_a_wordpress_site_that_is_a_source_is_there(desk: Desk):
    add_source(desk, NewSource("https://a.example/blog/", "wordpress"), "cli")
    report = import_opml(desk, opml(outline("Labo", "https://a.example/blog/feed/")), "cli")

    assert (report.added, report.there, len(list_sources(desk))) == (0, 1, 1)
