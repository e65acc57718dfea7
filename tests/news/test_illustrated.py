"""One picture, shown once, whatever its addresses."""

import pytest

from news.illustrated import illustrated, img, in_place, likeness
from news.pictures import Picture, Rendition, uploaded, widths_for

OURS = '<img src="https://n.example/media/1/640.jpg" alt="Le jury">'
URL = "https://p.example/a/photo.jpg"


@pytest.mark.parametrize(
    "other",
    [
        "http://p.example/a/photo.jpg", "https://www.p.example/a/photo-300x200.jpg",
        "https://p.example/a/photo-scaled.jpg", "https://p.example/a/photo.jpg?w=300&amp;h=200&amp;ssl=1",
    ],
)  # fmt: skip
def test_the_sizes_of_one_picture_are_one_picture(other):
    body = f'<p>Avant <img src="{other}" alt="x" width="3"> après</p>'
    assert in_place(body, URL, OURS, "Le jury") == f"<p>Avant {OURS} après</p>"


@pytest.mark.parametrize(
    "other", ["https://p.example/b/photo.jpg", "https://q.example/a/photo.jpg", "https://p.example/a/photo.jpg?id=2"]
)
def test_other_pictures_stay_what_they_are(other):
    assert in_place(f'<p><img src="{other}"></p>', URL, OURS, "Le jury") is None
    assert likeness(other) != likeness(URL)


def test_shown_twice_it_is_left_once():
    body = f'<p><img src="{URL}" alt=""></p><p>Texte</p><p><img src="{URL}" alt=""></p>'
    assert in_place(body, URL, OURS, "Le jury") == f"<p>{OURS}</p><p>Texte</p><p></p>"


def test_the_bodys_description_serves_where_there_is_no_other():
    bare = img("https://n.example/1.jpg", "", 4, 3)
    made = in_place(f'<img src="{URL}" alt="Un &quot;jury&quot;">', URL, bare, "")
    assert made == '<img src="https://n.example/1.jpg" alt="Un &quot;jury&quot;" width="4" height="3">'


def test_a_figure_stands_before_the_body_and_a_summary_stands_in_for_one():
    assert illustrated("<p>Corps</p>", "Résumé", OURS, "") == f"<figure>{OURS}</figure><p>Corps</p>"
    said = illustrated("", "R&D <b>\n\nDeux", OURS, "Ada & Zoé")
    caption = "<figcaption>Ada &amp; Zoé</figcaption>"
    assert said == f"<figure>{OURS}{caption}</figure><p>R&amp;D &lt;b&gt;</p><p>Deux</p>"


def test_hostile_words_stay_words():
    made = img('https://n.example/"><script>', '"><script>alert(1)</script>', 1, 1)
    assert "<script>" not in made


@pytest.mark.parametrize(
    ("size", "widths"),
    [((4000, 3000), (320, 640, 1280)), ((640, 480), (320, 640)), ((700, 500), (320, 640, 700)), ((100, 100), (100,)),
     ((1000, 8000), (320,)), ((48, 500), (48,))],
)  # fmt: skip
def test_no_width_is_kept_that_the_original_has_not(size, widths):
    assert widths_for(*size) == widths


def test_feeds_take_the_widest_that_every_program_can_show():
    sizes = tuple(
        Rendition(width, width, kind, 1, "t") for width in (320, 640, 1280) for kind in ("avif", "webp", "jpg")
    )
    picture = Picture("p", sizes)
    assert (picture.best().name, picture.best(700).name, picture.best(10).name) == ("1280.jpg", "640.jpg", "320.jpg")
    assert (picture.named("640.avif"), picture.named("640.png")) == (sizes[3], None)


@pytest.mark.parametrize("url", ["urn:uuid:x", "https://x.example/i.png", "", "urn:uuid:../../x"])
def test_only_our_own_ids_are_uploads(url):
    assert uploaded(url) is None
