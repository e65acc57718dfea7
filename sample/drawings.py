"""Three pictures for the sample newsroom, drawn here: flat colours, the same bytes each time."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from math import cos, pi, sin

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1280, 800
# Drawn at twice the size, so that edges come out smooth.
_S = 2
_SAND, _ROSE, _VERMILION = "#f3e6d2", "#e8b9a0", "#c4472c"
_INK, _SLATE, _MIST, _SEA, _DEEP = "#1f2a33", "#4d6472", "#b9c8cb", "#5f8a94", "#2d5560"


def drawn(name: str) -> bytes:
    """The picture of that name (a key of ``DRAWINGS``) as a PNG, 1280 × 800 pixels."""
    canvas = Image.new("RGB", (WIDTH * _S, HEIGHT * _S), _SAND)
    DRAWINGS[name](ImageDraw.Draw(canvas))
    written = BytesIO()
    canvas.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(written, "PNG")
    return written.getvalue()


def _fjord(draw: ImageDraw.ImageDraw) -> None:
    """A low sun between mountains, and its path on the water."""
    _disc(draw, 700, 330, 110, _VERMILION)
    _shape(draw, _MIST, (0, 420), (210, 230), (380, 370), (560, 180), (800, 560), (0, 560))
    _shape(draw, _MIST, (720, 560), (930, 300), (1080, 400), (1280, 190), (1280, 560))
    _shape(draw, _SLATE, (0, 300), (170, 400), (330, 330), (620, 560), (0, 560))
    _shape(draw, _SLATE, (1280, 330), (1090, 420), (980, 390), (760, 560), (1280, 560))
    _shape(draw, _SEA, (0, 540), (1280, 540), (1280, 800), (0, 800))
    for step in range(9):
        wide, high = 190 - 14 * step + (30 if step % 2 else 0), 566 + 24 * step
        _bar(draw, 700 - wide / 2, high, wide, 9, _ROSE)
    _shape(draw, _INK, (0, 640), (180, 600), (330, 680), (430, 800), (0, 800))


def _wheels(draw: ImageDraw.ImageDraw) -> None:
    """A bicycle before a rack."""
    _shape(draw, _ROSE, (0, 610), (1280, 610), (1280, 800), (0, 800))
    for place in range(60, 1280, 120):
        _bar(draw, place, 250, 14, 380, _MIST)
    _bar(draw, 0, 250, 1280, 14, _MIST)
    hubs = ((400, 500), (880, 500))
    for x, y in hubs:
        _ring(draw, x, y, 165, 16, _INK)
        for turn in range(12):
            _line(draw, _SLATE, 4, (x, y), (x + 158 * cos(pi * turn / 6), y + 158 * sin(pi * turn / 6)))
        _disc(draw, x, y, 16, _INK)
    _line(draw, _VERMILION, 20, hubs[0], (540, 290), (800, 290), (620, 500), hubs[0])
    _line(draw, _VERMILION, 20, (620, 500), (510, 245))
    _line(draw, _VERMILION, 20, hubs[1], (785, 235))
    _line(draw, _INK, 20, (740, 205), (790, 232), (855, 210))
    _line(draw, _INK, 24, (465, 240), (560, 240))
    _disc(draw, 620, 500, 34, _INK)


def _turbines(draw: ImageDraw.ImageDraw) -> None:
    """Three wind turbines at sea."""
    _shape(draw, _MIST, (0, 0), (1280, 0), (1280, 520), (0, 520))
    _disc(draw, 250, 250, 80, _SAND)
    _shape(draw, _SEA, (0, 520), (1280, 520), (1280, 800), (0, 800))
    for x, hub, high, turn in ((820, 190, 620, 0.3), (1080, 290, 580, 1.1), (520, 320, 560, 0.8)):
        blade = (high - hub) * 0.42
        _shape(draw, "#fbf7f0", (x - 5, hub), (x + 5, hub), (x + 12, high), (x - 12, high))
        for third in range(3):
            at = turn + third * 2 * pi / 3
            tip = (x + blade * cos(at), hub + blade * sin(at))
            side = (x + blade * 0.25 * cos(at + 0.3), hub + blade * 0.25 * sin(at + 0.3))
            _shape(draw, "#fbf7f0", (x, hub), side, tip)
        _disc(draw, x, hub, 12, _VERMILION)
    for row, colour in enumerate((_SEA, _DEEP, _INK)):
        level = 600 + 75 * row
        wave = [(x, level + 16 * sin(x / (70 + 20 * row) + row)) for x in range(0, WIDTH + 10, 10)]
        _shape(draw, colour, *wave, (WIDTH, HEIGHT), (0, HEIGHT))


def _shape(draw: ImageDraw.ImageDraw, colour: str, *points: tuple[float, float]) -> None:
    draw.polygon([(x * _S, y * _S) for x, y in points], fill=colour)


def _line(draw: ImageDraw.ImageDraw, colour: str, wide: int, *points: tuple[float, float]) -> None:
    draw.line([(x * _S, y * _S) for x, y in points], fill=colour, width=wide * _S, joint="curve")


def _disc(draw: ImageDraw.ImageDraw, x: float, y: float, radius: float, colour: str) -> None:
    draw.ellipse([(x - radius) * _S, (y - radius) * _S, (x + radius) * _S, (y + radius) * _S], fill=colour)


def _ring(draw: ImageDraw.ImageDraw, x: float, y: float, radius: float, wide: int, colour: str) -> None:
    box = [(x - radius) * _S, (y - radius) * _S, (x + radius) * _S, (y + radius) * _S]
    draw.ellipse(box, outline=colour, width=wide * _S)


def _bar(draw: ImageDraw.ImageDraw, x: float, y: float, wide: float, high: float, colour: str) -> None:
    draw.rectangle([x * _S, y * _S, (x + wide) * _S, (y + high) * _S], fill=colour)


DRAWINGS: dict[str, Callable[[ImageDraw.ImageDraw], None]] = {
    "fjord": _fjord,
    "turbines": _turbines,
    "wheels": _wheels,
}
