from datetime import date

import pytest

from sources.page.byline import meta_of

DAY = date(2024, 9, 16)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        (
            "Doctorat, Masters, Partenariats internationaux — 16/09/2024",
            ("Doctorat", "Masters", "Partenariats internationaux"),
        ),
        ("Diversité & RSE – 16.09.2024", ("Diversité & RSE",)),
        ("16 septembre 2024 | Doctorat", ("Doctorat",)),
        ("Publié le lundi 16 septembre 2024 à 14h30", ()),
        ("Posted on September 16, 2024 in Research", ()),
        ("Posted: 16 Sep 2024 · Research / Teaching", ("Research", "Teaching")),
        ("[16/09/2024] - Vie de\u00a0campus", ("Vie de\u00a0campus",)),
        ("2024-09-16", ()),
        ("Doctorat, publié le 16/09/2024", ("Doctorat",)),
    ],
)
def test_a_line_parts_into_its_day_and_its_terms(text, terms):
    meta = meta_of(text)
    assert (meta.day, meta.terms) == (DAY, terms)


@pytest.mark.parametrize(
    "text",
    [
        "Le 16 septembre 2024, l’École ouvre ses portes.",
        "Nous avons reçu le 16 septembre 2024 une délégation venue de Séville.",
        "Depuis 16/09/2024 tout va bien",
    ],
)
def test_a_date_in_a_sentence_is_not_tidy(text):
    assert not meta_of(text).tidy


def test_an_author_is_no_category():
    meta = meta_of("16/09/2024 | par Anne Roche | Doctorat")
    assert (meta.author, meta.terms) == ("Anne Roche", ("Doctorat",))


def test_no_date_no_such_line():
    assert meta_of("Doctorat, Masters, 2024") is None
