"""The staff guides: both tell the same tasks, name what the screens say, and have places for pictures that are made."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.screenshots import LANGUAGES, PLACE, SHOTS, illustrated
from translations import translator

DOCS = Path(__file__).resolve().parents[1] / "docs"
# Made of parts: a moment in the button's words, a selection in words, the name of a language.
COMPOSED = re.compile(r"Publier le .*|Publish on .*|FR|EN|Doctorat ou masters.*|PhD or masters.*")


def guide(language: str) -> str:
    return (DOCS / f"staff-guide.{language}.md").read_text(encoding="utf-8")


def said(language: str) -> set[str]:
    """Every text of the interface, as it stands."""
    import babel.messages.pofile as pofile

    from translations import catalogues

    found: set[str] = set()
    for path in catalogues(language):
        with path.open("rb") as file:
            for message in pofile.read_po(file):
                found |= {message.string} if isinstance(message.string, str) else set(message.string)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_a_guide_has_a_place_for_is_taken_and_described(language):
    places = PLACE.findall(guide(language))
    assert {name for name, _ in places} | {"list"} == {shot.name for shot in SHOTS}
    assert all(len(text) > 10 for _, text in places)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_guide_shows_no_picture_before_it_is_taken_and_each_in_its_place_afterwards(language):
    assert "![" not in guide(language)
    shown = re.findall(r"!\[([^\]]+)\]\((\w+)/([\w-]+)\.png\)", illustrated(guide(language), language))
    assert [(name, text) for text, _, name in shown] == PLACE.findall(guide(language))
    assert {code for _, code, _ in shown} == {language}


def test_both_guides_tell_the_same_tasks_with_the_same_pictures():
    headings = {language: len(re.findall(r"^## ", guide(language), re.MULTILINE)) for language in LANGUAGES}
    assert headings["fr"] == headings["en"] >= 12
    assert [name for name, _ in PLACE.findall(guide("fr"))] == [name for name, _ in PLACE.findall(guide("en"))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_guide_calls_a_button_the_screen_calls_so(language):
    assert translator(language).language == language
    named = {" ".join(text.split()) for text in re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", guide(language))}
    known = {" ".join(text.split()) for text in said(language)}
    assert {text for text in named if text not in known and not COMPOSED.fullmatch(text)} == set()


@pytest.mark.browser
@pytest.mark.long
def test_the_pictures_can_be_taken(tmp_path):
    # In a process of its own: a Playwright that other tests share runs in this one.
    subprocess.run([sys.executable, "-m", "scripts.screenshots", str(tmp_path)], cwd=DOCS.parent, check=True)
    made = list(tmp_path.glob("*/*.png"))
    assert len(made) == len(SHOTS) * len(LANGUAGES)
    assert all(path.stat().st_size > 5_000 for path in made)
