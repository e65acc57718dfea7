"""The staff guides: both tell the same tasks, name what the screens say, and show pictures that are made."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.screenshots import LANGUAGES, SHOTS
from translations import translator

DOCS = Path(__file__).resolve().parents[1] / "docs"
PICTURE = re.compile(r"!\[([^\]]+)\]\(screenshots/(\w+)/([\w-]+)\.png\)")
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
def test_every_picture_a_guide_shows_is_taken_and_described(language):
    shown = PICTURE.findall(guide(language))
    assert {name for _, _, name in shown} | {"list"} == {shot.name for shot in SHOTS}
    assert {code for _, code, _ in shown} == {language}
    assert all(len(text) > 10 for text, _, _ in shown)


def test_both_guides_tell_the_same_tasks_with_the_same_pictures():
    headings = {language: len(re.findall(r"^## ", guide(language), re.MULTILINE)) for language in LANGUAGES}
    assert headings["fr"] == headings["en"] >= 12
    assert [name for _, _, name in PICTURE.findall(guide("fr"))] == [
        name for _, _, name in PICTURE.findall(guide("en"))
    ]


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
