"""What docs/embedding tells partners to paste is what the builder would give them."""

from pathlib import Path

import pytest

from web.embed.query import Wanted
from web.embed.samples import Choice, samples

DOCS = Path(__file__).parents[3] / "docs"
HOME, CATEGORY = "https://news.example.org", "partenariats-internationaux"
WORDS = {
    "fr": ("Partenariats internationaux", "Toutes les actualités"),
    "en": ("International partnerships", "All news"),
}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_guide_says_what_the_builder_gives(language: str) -> None:
    label, more = WORDS[language]
    choice = Choice(
        HOME, CATEGORY, language, Wanted(), label, f"{HOME}/category/{CATEGORY}?lang={language}", more, "", ""
    )
    guide = "\n".join(line.strip() for line in (DOCS / f"embedding.{language}.md").read_text("utf-8").splitlines())
    given = {each.name: each.code for each in samples(choice)}
    for name in ("html", "iframe", "json"):
        assert given[name] in guide, name


def test_both_guides_have_the_same_sections_and_codes() -> None:
    french, english = ((DOCS / f"embedding.{each}.md").read_text("utf-8") for each in ("fr", "en"))
    for sign in ("\n## ", "\n```", "\n| `", "\n- **"):
        assert french.count(sign) == english.count(sign), sign
