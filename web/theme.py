"""The newsroom's accent colour, made readable on light and on dark paper.

Contrast is WCAG 2.2's (§1.4.3): 4.5 to 1 for text. Where the chosen colour falls short it is made darker or
lighter, its hue kept, only as far as it must, so that a school's red stays its red.
"""

from __future__ import annotations

from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import dataclass
from itertools import chain

# Of each scheme's grounds in depeche.css the hardest to read on: the darkest light one, the lightest dark one.
LIGHT_PAPER = "#f4f1ea"
DARK_PAPER = "#24221e"
_ENOUGH = 4.5
_STEPS = 100
_EXTREMES = {True: "#000000", False: "#ffffff"}


@dataclass(frozen=True, slots=True)
class Shades:
    """Colours (``#rrggbb``) for one paper. ``fill``: of buttons and marks; ``ink``: of text on the paper; ``on_fill``:
    of text on the fill."""

    fill: str
    ink: str
    on_fill: str


def shades(accent: str, paper: str) -> Shades:
    """The shades of ``accent`` (``#rrggbb``) for ``paper``."""
    fill = _readable(accent, paper, least=3)
    on_fill = max("#ffffff", "#111111", key=lambda text: contrast(text, fill))
    return Shades(fill, _readable(accent, paper, least=_ENOUGH), on_fill)


def stylesheet(accent: str) -> str:
    """The style sheet that puts ``accent`` in place of the default one."""
    light, dark = shades(accent, LIGHT_PAPER), shades(accent, DARK_PAPER)
    return f":root{{{_rules(light)}}}\n@media (prefers-color-scheme: dark){{:root{{{_rules(dark)}}}}}\n"


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2, *contrast ratio*)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _rules(made: Shades) -> str:
    return f"--accent:{made.fill};--accent-ink:{made.ink};--on-accent:{made.on_fill}"


def _readable(colour: str, paper: str, least: float) -> str:
    darker = _luminance(paper) > 0.5
    lightness = range(_STEPS, -1, -1) if darker else range(_STEPS + 1)
    hue, own, saturation = rgb_to_hls(*(channel / 255 for channel in _channels(colour)))
    others = (step / _STEPS for step in lightness)
    tries = (_hex(hue, light, saturation) for light in others if (light < own if darker else light > own))
    return next((made for made in chain([colour], tries) if contrast(made, paper) >= least), _EXTREMES[darker])


def _hex(hue: float, lightness: float, saturation: float) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in hls_to_rgb(hue, lightness, saturation))


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
