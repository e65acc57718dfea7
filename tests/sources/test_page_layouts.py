"""Guessing, on pages laid out as real ones are."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from news.items import Image, When

PAGES = Path(__file__).parents[1] / "data" / "pages"
SEED = Path(__file__).parents[3] / "shared" / "seed" / "strategie-internationale.html"


def day(*parts):
    return When(day=date(*parts))


@pytest.fixture
def page(read_as):
    return lambda name: read_as((PAGES / f"{name}.html").read_bytes())


def rows(reading):
    return [(entry.title, entry.link, entry.published, entry.terms) for entry in reading.entries]


@pytest.mark.skipif(not SEED.exists(), reason="the page this project was born from is not beside this checkout")
def test_the_page_this_project_was_born_from_gives_its_five_items(read_as):
    reading = read_as(SEED.read_bytes())
    partners, site = "Partenariats internationaux", "https://www.telecom-paris.fr/"
    assert rows(reading) == [
        (
            "Journée des Partenaires EuroTech 2024 : une rencontre enrichissante",
            f"{site}eurotech-partner-days-2024-rencontre-enrichissante",
            day(2024, 10, 4),
            (partners,),
        ),
        (
            "Le premier Student Research Workshop au Viêt Nam, un franc succès !",
            f"{site}evenement-etudiant-recherche-viasm-vietnam",
            day(2024, 9, 16),
            ("Doctorat", "Masters", partners),
        ),
        (
            "Bienvenue à nos 135 élèves ingénieurs internationaux !",
            f"{site}bienvenue-135-eleves-ingenieurs-internationaux",
            day(2024, 9, 4),
            ("Ingénieurs", partners),
        ),
        (
            "Semaine de la diversité et de l’interculturalité",
            f"{site}fr/div/semaine-diversite-interculturalite",
            day(2024, 5, 29),
            ("Ingénieurs", partners, "Diversité & RSE"),
        ),
        (
            "Échanges franco-allemands : visite de la TU Berlin à Télécom Paris",
            f"{site}visite-tu-berlin",
            day(2024, 4, 22),
            ("Ingénieurs", partners),
        ),
    ]
    assert [" ".join(entry.summary.split()[-3:]) for entry in reading.entries] == [
        "Paris. Un grand",
        "à Hanoi au",
        "d'ingénieur. Dans les",
        "discriminations et l’intégration",
        "nos deux institutions.",
    ]


def test_a_block_blog_gives_its_articles(page):
    reading = page("wordpress")
    assert [(entry.title, entry.published, entry.terms, entry.author) for entry in reading.entries] == [
        (
            "Des robots agricoles & des hommes",
            When(moment=datetime(2024, 10, 12, 7, 30, tzinfo=UTC)),
            ("Recherche", "Innovation"),
            "Léa Martin",
        ),
        (
            "La rentrée en douze photos",
            When(moment=datetime(2024, 9, 3, 16, 0, tzinfo=UTC)),
            ("Vie étudiante",),
            "Paul Roux",
        ),
        (
            "Prix de thèse : deux lauréates",
            When(moment=datetime(2024, 8, 29, 8, 0, tzinfo=UTC)),
            ("Recherche",),
            "Léa Martin",
        ),
    ]
    first = reading.entries[0]
    assert first.link == "https://mines-sud.example/2024/10/robots-agricoles/"
    assert first.summary == "Une équipe du laboratoire a passé l’été avec des maraîchers du littoral pour essayer"
    assert first.image == Image("https://site.example/wp-content/robots.jpg", "Deux robots dans un champ", 600, 400)
    assert (reading.title, reading.language) == ("Actualités – École des Mines du Sud", "fr-FR")


def test_a_table_gives_its_dated_and_linked_rows(page):
    site = "https://site.example/news/cp/"
    assert rows(page("table")) == [
        ("Un nouveau campus à Saclay", f"{site}2024-08.pdf", day(2024, 3, 14), ("Vie de l’école",)),
        (
            "Accord signé avec l’université de Séville",
            f"{site}2024-07.pdf",
            day(2024, 3, 2),
            ("International", "Recherche"),
        ),
        ("Classement : l’école gagne dix places", f"{site}2024-06.pdf", day(2024, 1, 29), ("Vie de l’école",)),
    ]


def test_a_definition_list_gives_its_terms_as_days(page):
    reading = page("definitions")
    site = "https://site.example/news/"
    assert rows(reading) == [
        ("Quantum optics group welcomes three postdocs", f"{site}41", day(2024, 10, 4), ()),
        ("Workshop in Hanoi", f"{site}40", day(2024, 9, 16), ()),
        ("Open day", f"{site}39", day(2024, 7, 1), ()),
    ]
    assert reading.entries[0].summary == "They join from Delft, Porto and Kyoto."


def test_cards_inside_a_link_give_their_parts(page):
    reading = page("cards")
    site = "https://cards.example/fr/actus/"
    assert rows(reading) == [
        ("Hackathon : 48 heures pour la mer", f"{site}hackathon", day(2024, 6, 7), ("Ingénieurs",)),
        ("Un MOOC sur l’énergie", f"{site}mooc", day(2024, 5, 31), ("Formation continue",)),
        ("Le chœur chante Fauré", f"{site}choeur", day(2024, 5, 22), ("Campus",)),
    ]
    assert reading.entries[2].summary == "Deux concerts au profit des bourses de mobilité internationale."
    assert reading.entries[0].image.url == "https://cards.example/fr/img/h.webp"


def test_headings_and_paragraphs_side_by_side_are_put_together(page):
    reading = page("paragraphs")
    site = "https://site.example/une/"
    assert rows(reading) == [
        ("Soutenance : les neutrinos en question", f"{site}soutenance", day(2024, 3, 3), ("Doctorat",)),
        ("Les anciens se retrouvent à Lyon", f"{site}alumni", day(2024, 2, 1), ("Alumni", "Vie de campus")),
        ("Bourses : dernier appel", f"{site}bourses", day(2024, 1, 15), ("Masters",)),
    ]
    assert reading.entries[2].summary.startswith("Les dossiers sont attendus")


def test_a_plain_list_is_found_among_sentences_with_dates_and_links(page):
    site = "https://site.example/news/news.php?id="
    assert rows(page("plain-list")) == [
        ("Séminaire de Paul Arnaud", f"{site}9", day(2024, 10, 4), ()),
        ("Nouvelle salle blanche", f"{site}8", day(2024, 9, 27), ()),
        ("Accueil des doctorants", f"{site}7", day(2024, 9, 2), ()),
    ]
