"""The same announcement in other words, measured on made-up examples in French and English."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.similar import same_announcement, text_likeness, title_keys, title_likeness

BODY = (
    "L’école et le ministère ont signé lundi une convention qui ouvre quarante bourses de mobilité aux étudiantes et"
    " étudiants de deuxième année, pour un semestre dans l’une des douze universités partenaires."
)
BODY_EN = (
    "The school and the ministry signed an agreement on Monday that opens forty mobility grants to second-year students"
    " for a semester at one of the twelve partner universities around the Baltic sea."
)
SAME = [
    ("Une chaire d’hydrologie ouvre à Port-Sévigny", "", "Une chaire d'hydrologie ouvre à Port-Sevigny", ""),
    ("Lancement de la chaire Eau et climat", "", "Chaire Eau et climat : le lancement", ""),
    ("Le prix Ada-Lovelace décerné à Inès Morel", "", "Inès Morel : prix Ada-Lovelace", ""),
    ("Portes ouvertes de l’école le 14 mars", "", "L’école : portes ouvertes le 14 mars", ""),
    ("Quarante bourses de mobilité pour la Baltique", BODY, "Bourses de mobilité : convention pour la Baltique", BODY),
    ("Une convention pour la mobilité étudiante", BODY, "Mobilité étudiante : le ministère signe", BODY + " Suite."),
    ("Robotics lab opens its doors to schools", "", "The robotics lab opens its doors to schools", ""),
    ("Northmere and Port-Sévigny sign research agreement", "", "Research agreement: Northmere, Port-Sévigny sign", ""),
    ("Forty mobility grants for the Baltic", BODY_EN, "Baltic mobility: forty new grants", BODY_EN),
    ("New master’s degree in ocean engineering", "", "A new master's degree in Ocean Engineering", ""),
]
OTHER = [
    ("Soutenance de thèse de Marie Dupont", "", "Soutenance de thèse de Paul Martin", ""),
    ("Appel à projets Recherche 2025", "", "Appel à projets Recherche 2026", ""),
    ("Appel à projets Recherche 2025", BODY, "Appel à projets Recherche 2026", BODY),
    ("Appel à candidatures : bourses doctorales", "", "Appel à candidatures : bourses de master", ""),
    ("Portes ouvertes de l’école le 14 mars", "", "Portes ouvertes de l’école le 21 mars", ""),
    ("Conférence : l’eau et les villes", "", "Conférence : l’énergie et les villes", ""),
    ("Une chaire d’hydrologie ouvre à Port-Sévigny", "", "Une chaire de robotique ouvre à Lyon", ""),
    ("Prix de thèse : la lauréate", BODY, "Prix de thèse : les finalistes", BODY_EN),
    ("Lettre d’information de mars", BODY, "Lettre d’information d’avril", BODY_EN),
    ("Seminar: waves and coasts", "", "Seminar: graphs and games", ""),
    ("PhD defence of Ann Lee in biology", "", "PhD defence of Tom Ray in physics", ""),
    ("Library closed on 3 May", "", "Library closed on 10 May", ""),
    ("New dean of engineering appointed", "", "New dean of medicine appointed", ""),
    ("Communiqué", "", "Communiqué", ""),
    ("Newsletter", BODY_EN, "Newsletter", BODY),
]


def found(pairs):
    return [pair for pair in pairs if same_announcement(*pair)]


def test_what_is_the_same_is_found_and_what_only_sounds_alike_is_not():
    right, wrong = found(SAME), found(OTHER)
    assert wrong == [], "precision is 1 on these examples"
    assert len(right) >= 0.9 * len(SAME), [pair[0] for pair in SAME if pair not in right]


def test_what_is_the_same_has_a_key_in_common():
    keyed = [pair for pair in SAME if set(title_keys(pair[0])) & set(title_keys(pair[2]))]
    assert len(keyed) >= 0.9 * len(SAME)


def test_unrelated_titles_hardly_ever_share_a_key():
    titles = [pair[place] for pair in SAME for place in (0, 2)]
    unrelated = [
        (one, other) for a, one in enumerate(titles) for b, other in enumerate(titles)
        if a < b and title_likeness(one, other) < 0.2
    ]  # fmt: skip
    met = sum(bool(set(title_keys(one)) & set(title_keys(other))) for one, other in unrelated)
    assert met <= 0.05 * len(unrelated)


@pytest.mark.parametrize("title", ["", "Actualité", "À la une", "!!!", "新闻"])
def test_a_short_title_resembles_nothing(title):
    assert title_keys(title) == ()
    assert not same_announcement(title, "", title, "")


def test_only_the_beginning_of_a_very_long_text_is_compared():
    filler, other = ("alpha beta gamma delta " * 400, "un deux trois quatre " * 400)
    assert text_likeness(filler + BODY, other + BODY) == 0
    assert text_likeness(BODY + filler, BODY + other) > 0


@given(st.text(max_size=80), st.text(max_size=200), st.text(max_size=80), st.text(max_size=200))
def test_likeness_goes_both_ways_and_no_text_breaks_it(one, text, other, other_text):
    assert same_announcement(one, text, other, other_text) == same_announcement(other, other_text, one, text)
    assert all(0 <= key < 2**62 for key in title_keys(one))
