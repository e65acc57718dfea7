"""Names, slugs, and a source's words for our categories."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.categories import checked_slug, fold, slugify
from news.errors import InvalidInput
from news.mapping import mapped


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Diversité & RSE", "diversite-rse"),
        ("Partenariats internationaux", "partenariats-internationaux"),
        ("L’œuvre d’art", "l-oeuvre-d-art"),
        ("  R&D  2.0 ! ", "r-d-2-0"),
        ("Straße/Łódź", "strasse-lodz"),
        ("新闻", ""),
        ("mot " * 30, "-".join(["mot"] * 20)),
        ("x" * 90, "x" * 80),
    ],
)
def test_a_slug_is_the_name_in_ascii_words(name, slug):
    assert slugify(name) == slug


@given(st.text(max_size=120))
def test_every_slug_that_is_made_can_be_an_address_and_is_its_own_slug(name):
    slug = slugify(name)
    assert slug in ("", "all") or checked_slug(slug) == slug
    assert slugify(slug) == slug


@pytest.mark.parametrize("slug", ["", "A", "é", "a b", "a--b", "-a", "a-", "a.b", "a+b", "a,b", "a/b", "a!b", "x" * 81])
def test_a_malformed_slug_is_refused_with_a_suggestion_that_would_do(slug):
    with pytest.raises(InvalidInput) as caught:
        checked_slug(slug)
    assert caught.value.key == "category.slug.malformed"
    suggestion = str(caught.value.message_args["suggestion"])
    assert checked_slug(suggestion) == suggestion


def test_all_is_never_a_slug():
    with pytest.raises(InvalidInput) as caught:
        checked_slug("all")
    assert caught.value.key == "category.slug.reserved"


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    "term",
    ["Ingénieurs", "INGENIEURS", " inge\u0301nieurs ", "ingenieurs", "Engineers", "Cycle ingénieur", "cycle-ingenieur"],
)
def test_a_term_means_the_category_it_names_accents_and_case_aside(category, term):
    known = [category("Doctorat"), category("Ingénieurs", "Engineers", aliases=("Cycle ingénieur",))]
    assert mapped([term], known, {}) == {"id-2"}


def test_terms_nobody_knows_mean_nothing(category):
    assert mapped(["Autre", "", " ", "&"], [category("Masters")], {}) == frozenset()


def test_the_source_s_own_map_goes_first(category):
    known = [category("Masters"), category("Doctorat")]
    assert mapped(["MASTERS", "PhD"], known, {"masters": "id-2", "phd": "id-1"}) == {"id-1", "id-2"}
    assert mapped(["masters"], known, {"Masters": "id-2"}) == {"id-2"}


def test_past_addresses_count_and_retired_categories_do_not(category, now):
    known = [category("Thèses", past_slugs=("doctorat",)), category("Masters", retired=now)]
    assert mapped(["Doctorat", "Masters"], known, {}) == {"id-1"}


def test_a_name_in_another_script_catches_only_itself(category):
    known = [category("新闻", slug="news")]
    assert mapped(["新闻"], known, {}) == {"id-1"}
    assert mapped(["体育", "&", "!"], known, {}) == frozenset()
