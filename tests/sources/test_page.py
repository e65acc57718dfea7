from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.errors import DepecheError, InvalidInput, NotUnderstood
from news.items import When
from news.sources import Kind, Selectors
from sources.page.selectors import check_selectors

LIST = """<html><body><h1>Nouvelles</h1><div class=n><b class=t>Un</b> <i class=d>12/05/2023</i> <a href=/1>ici</a>
<p class=s>Premier texte [...]</p><u class=c>A, B</u></div>
<div class=n><b class=t>Deux</b> <a href=/2>ici</a><p class=s>Second</p></div></body></html>"""


def items(*rows):
    return f"<html><body><ul>{''.join(f'<li>{row}</li>' for row in rows)}</ul></body></html>"


def test_selectors_say_where_things_stand(read_as):
    chosen = Selectors(item="div.n", title=".t", link="a", date=".d", summary=".s", categories=".c")
    first, second = read_as(LIST, selectors=chosen).entries
    assert (first.title, first.link, first.published) == ("Un", "https://site.example/1", When(day=date(2023, 5, 12)))
    assert (first.summary, first.terms) == ("Premier texte", ("A", "B"))
    assert (second.title, second.published, second.terms) == ("Deux", None, ())


def test_the_item_selector_alone_leaves_the_parts_to_guesses(read_as):
    reading = read_as(
        items("<a href=/1>Un titre</a> <time>3 mars 2024</time>", "<a href=/2>Sans date</a>"), selectors=Selectors("li")
    )
    assert [(entry.title, entry.published) for entry in reading.entries] == [
        ("Un titre", When(day=date(2024, 3, 3))),
        ("Sans date", None),
    ]


def test_a_selector_that_finds_nothing_any_more_means_that_the_page_changed(read_as):
    with pytest.raises(NotUnderstood) as caught:
        read_as(LIST, selectors=Selectors(item="article.actu"))
    assert caught.value.key == "source.page_changed"


@pytest.mark.parametrize("selector", ["li[", "a:b:c", "::", "li >", "a|b", ":nope(1)", "x" * 1000])
def test_a_malformed_selector_is_named(selector):
    with pytest.raises(InvalidInput) as caught:
        check_selectors(Selectors(title=selector))
    assert (caught.value.key, caught.value.message_args["selector"]) == ("source.selector.malformed", selector[:100])


def test_a_page_without_dated_links_holds_no_news(read_as):
    with pytest.raises(NotUnderstood) as caught:
        read_as("<html><body><p>Écrit le 3 mars 2024.</p><a href=/a>A</a><a href=/b>B</a></body></html>")
    assert caught.value.key == "source.no_items"


def test_a_single_article_with_links_in_its_text_is_no_list_of_news(read_as):
    with pytest.raises(NotUnderstood):
        read_as(
            "<html><body><article><h1>Titre</h1><time>3 mars 2024</time><p>Voir <a href=/a>ceci</a>.</p>"
            "</article></body></html>"
        )


def test_a_page_with_one_item_of_news_gives_it(read_as):
    entry = read_as(
        "<html><body><article><h2><a href=/a>Titre</a></h2><time>3 mars 2024</time></article></body></html>"
    ).entries[0]
    assert (entry.title, entry.link) == ("Titre", "https://site.example/a")


def test_an_item_without_date_or_link_is_left_out_of_a_guess(read_as):
    page = items(
        "<a href=/1>Un titre</a> <time>3 mars 2024</time>",
        "<a href=/2>Sans date</a>",
        "Sans lien <time>2 mars 2024</time>",
        "<a href='mailto:a@b.example'>Un courriel</a> <time>1er mars 2024</time>",
        "<a href=/3>Un autre</a> <time>1er mars 2024</time>",
    )
    assert [entry.title for entry in read_as(page).entries] == ["Un titre", "Un autre"]


def test_the_same_news_twice_on_a_page_is_one(read_as):
    page = items(
        *["<a href=/1>Un titre</a> <time>3 mars 2024</time>"] * 2, "<a href=/2>Deux</a> <time>3 mars 2024</time>"
    )
    assert [entry.title for entry in read_as(page).entries] == ["Un titre", "Deux"]


def test_a_date_in_a_title_is_the_last_resort(read_as):
    page = items("<a href=/1>Conseil (04/10/2024)</a>", "<a href=/2>Conseil (05/09/2024)</a>")
    assert [(entry.title, entry.published.day) for entry in read_as(page).entries] == [
        ("Conseil", date(2024, 10, 4)),
        ("Conseil", date(2024, 9, 5)),
    ]


def test_a_read_more_link_lends_its_address_not_its_words(read_as):
    page = items(
        *(
            f"<h3>Titre {n}</h3><time>3 mars 2024</time><p>Un texte assez long pour lui.</p><a href=/{n}>Lire la "
            f"suite</a>"
            for n in "12"
        )
    )
    assert [(entry.title, entry.link[-1], entry.summary) for entry in read_as(page).entries] == [
        ("Titre 1", "1", "Un texte assez long pour lui."),
        ("Titre 2", "2", "Un texte assez long pour lui."),
    ]


def test_a_page_may_be_told_apart_by_its_own_charset(read_as):
    page = items("<a href=/1>Été</a> <time>3 août 2024</time>", "<a href=/2>Noël</a> <time>2 août 2024</time>")
    body = page.replace("<body>", '<meta charset="iso-8859-1"><body>').encode("latin-1")
    assert [entry.title for entry in read_as(body).entries] == ["Été", "Noël"]


def test_only_the_newest_are_kept_in_the_order_of_the_page(read_as):
    page = items(*(f"<a href=/{n}>Titre {n}</a> <time>2024-01-{n % 28 + 1:02}</time>" for n in range(40)))
    assert [entry.title for entry in read_as(page, newest=3).entries] == ["Titre 25", "Titre 26", "Titre 27"]


def test_a_very_deep_page_ends_in_an_answer(read_as):
    page = "<div>" * 60_000 + items("<a href=/1>Un</a> <time>3 mars 2024</time>")
    with pytest.raises(NotUnderstood):
        read_as(page, kind=Kind.PAGE)


PIECES = st.sampled_from(
    "<ul> <li> </li> <article> <h3> </h3> <dl> <dt> <dd> <table> <tr> <td> </td> <p> </p> <br> <a> </a> </div> "
    "<div><a href=/x> <a#href=y><time> <time#datetime=2024-13-45> 3#mars#2024 99/99/2024 04/10/2024 "
    "Doctorat,# — | \0 é &lt; "
    "<base#href=//[> <html#lang=%> <img#src=x#width=-1> <nav> <footer> <p#class=date> <a#href=http://[/x>".replace(
        "#", " "
    ).split(" ")
)


@given(st.lists(PIECES | st.text(max_size=8), max_size=40))
@settings(max_examples=150, deadline=None)
def test_no_page_breaks_the_guessing(read_as, pieces):
    try:
        reading = read_as("<html>" + "".join(pieces), kind=Kind.PAGE)
    except DepecheError:
        return
    assert all(entry.title and entry.link and entry.published for entry in reading.entries)
