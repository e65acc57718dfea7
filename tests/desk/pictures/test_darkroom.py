"""Pictures are developed where a crash, a hang or a bomb harms nobody."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.pictures.darkroom import develop
from news.errors import InvalidInput


def refusal(body: bytes, **how: float) -> InvalidInput:
    with pytest.raises(InvalidInput) as refused:
        develop(body, **how)
    return refused.value


def test_the_files_come_back_whole_from_the_process(draw):
    files = develop(draw(1300, 900))
    assert [len(file.body) for file in files] == [file.rendition.length for file in files]
    assert {file.rendition.width for file in files} == {320, 640, 1280}


def test_what_is_refused_comes_back_as_its_own_sentence(draw):
    error = refusal(draw(20, 30))
    assert (error.key, error.message_args) == ("picture.small", {"width": 20, "height": 30, "least": 48})


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_a_picture_cut_short_is_refused(draw, kind):
    whole = draw(600, 400, kind)
    assert refusal(whole[: len(whole) // 2]).key in {"picture.broken", "picture.kind"}


def test_a_process_that_takes_too_long_is_killed(draw):
    assert refusal(draw(), seconds=0.001).key == "picture.broken"


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**9), kind=st.sampled_from(["JPEG", "PNG", "WEBP", "GIF", "AVIF"]))
def test_whatever_damage_was_done_there_is_a_picture_or_a_sentence(draw, seed, kind):
    chance = random.Random(seed)
    body = bytearray(draw(120, 90, kind))
    for _ in range(chance.randint(1, 40)):
        body[chance.randrange(len(body))] = chance.randrange(256)
    try:
        files = develop(bytes(body))
    except InvalidInput as refused:
        assert refused.key.startswith("picture.")
    else:
        assert all(file.rendition.width <= 1280 and file.rendition.height <= 2560 for file in files)
