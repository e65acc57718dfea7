"""Pictures are developed where a crash, a hang or a bomb harms nobody."""

import random
from contextlib import ExitStack

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cli.serving.web import BLOCKING_THREADS
from desk.pictures.darkroom import MOST_AT_ONCE, PLACES, develop
from news.errors import InvalidInput, TooMany


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


def test_who_comes_when_many_are_waited_for_is_told_to_come_back(draw):
    with ExitStack() as others:
        for _ in range(MOST_AT_ONCE):
            others.enter_context(PLACES)
        with pytest.raises(TooMany) as refused:
            develop(draw())
        assert refused.value.key == "picture.busy"
    assert develop(draw())


def test_a_place_is_left_by_whatever_came_of_the_picture(draw):
    for _ in range(MOST_AT_ONCE + 1):
        refusal(b"no picture", seconds=0.001)
    assert develop(draw())


def test_pictures_leave_most_of_a_process_to_everybody_else():
    assert MOST_AT_ONCE <= BLOCKING_THREADS / 4


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
