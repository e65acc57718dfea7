"""A stranger's picture becomes ours: decoded, set upright, in sRGB, stripped of everything but its pixels, sized.

What is written anew from pixels carries nothing else over: no metadata, no place, no second file glued to the first.
Damaged input makes Pillow raise almost anything, and may take long: to be called where that harms nobody.
"""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError
from PIL.Image import Resampling

from news.errors import InvalidInput
from news.pictures import MODERN, WIDTHS, File, Rendition, widths_for

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
MOST_PIXELS = 64_000_000
SMALLEST_SIDE = 48
MOST_OBLONG = 12
_HOW: dict[str, tuple[str, dict[str, object]]] = {
    "jpg": ("JPEG", {"quality": 82, "progressive": True, "optimize": True}),
    "png": ("PNG", {"optimize": True}),
    "webp": ("WEBP", {"quality": 80, "method": 4}),
    "avif": ("AVIF", {"quality": 60, "speed": 8, "max_threads": 1}),
}


def renditions(body: bytes) -> tuple[File, ...]:
    """Every file we keep of the picture in ``body``: JPEG (PNG where it is see-through), WebP and AVIF in each width.
    Of one that moves, the first moment.

    Raises InvalidInput for what is no picture of ``FORMATS``, too large in pixels, too small or too oblong; on damaged
    input whatever Pillow raises.
    """
    try:
        opened = Image.open(BytesIO(body), formats=FORMATS)
    except UnidentifiedImageError:
        raise InvalidInput("picture.kind") from None
    with opened:
        _measure(*opened.size)
        # A JPEG is decoded at an eighth, a quarter or half its size where that is enough.
        opened.draft("RGB", (2 * WIDTHS[-1], 2 * WIDTHS[-1]))
        upright = ImageOps.exif_transpose(opened)
        plain = _in_srgb(upright)
    plain.info = {}
    fallback = "png" if plain.mode == "RGBA" else "jpg"
    return tuple(_file(plain, width, kind) for width in widths_for(*plain.size) for kind in (*MODERN, fallback))


def _measure(width: int, height: int) -> None:
    """Before anything is decoded: what the file says of its size bounds what decoding may cost."""
    if width * height > MOST_PIXELS:
        raise InvalidInput("picture.pixels", width=width, height=height, most=MOST_PIXELS // 1_000_000)
    if min(width, height) < SMALLEST_SIDE:
        raise InvalidInput("picture.small", width=width, height=height, least=SMALLEST_SIDE)
    if max(width, height) > MOST_OBLONG * min(width, height):
        raise InvalidInput("picture.oblong", width=width, height=height)


def _in_srgb(image: Image.Image) -> Image.Image:
    """The picture in RGB, or RGBA where anything in it can be seen through. A colour profile is applied; one that
    cannot be is ignored."""
    see_through = image.has_transparency_data
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        image = image.point(lambda value: value / 256).convert("L")
    if profile and image.mode in ("RGB", "CMYK") and not see_through:
        image = _by_profile(image, profile)
    if see_through:
        clear = image.convert("RGBA")
        lowest = clear.getchannel("A").getextrema()[0]
        return clear.convert("RGB") if lowest == 255 else clear
    return image.convert("RGB")


def _by_profile(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        ours = ImageCms.createProfile("sRGB")
        theirs = ImageCms.ImageCmsProfile(BytesIO(profile))
        made = ImageCms.profileToProfile(image, theirs, ours, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return image
    return made or image


def _file(plain: Image.Image, width: int, kind: str) -> File:
    height = max(1, round(plain.height * width / plain.width))
    sized = plain if plain.size == (width, height) else plain.resize((width, height), Resampling.LANCZOS)
    written = BytesIO()
    name, how = _HOW[kind]
    sized.save(written, name, **how)
    body = written.getvalue()
    return File(Rendition(width, height, kind, len(body), sha256(body).hexdigest()[:32]), body)
