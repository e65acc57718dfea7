"""What becomes of the pictures strangers bring."""

import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageCms

from news.errors import InvalidInput
from sources.picture import MOST_PIXELS, renditions


def opened(file) -> Image.Image:
    return Image.open(BytesIO(file.body))


def fallback(files):
    """The widest of those every program can show."""
    return max((file for file in files if file.rendition.kind in ("jpg", "png")), key=lambda file: file.rendition.width)


def corners(image: Image.Image) -> list[str]:
    """The colours of its four corners, by name."""
    names = {(255, 0, 0): "red", (0, 128, 0): "green", (0, 0, 255): "blue", (255, 255, 255): "white"}
    width, height = image.size
    places = ((10, 10), (width - 10, 10), (10, height - 10), (width - 10, height - 10))
    seen = [image.convert("RGB").getpixel(place) for place in places]
    return [names[min(names, key=lambda known: _apart(known, one))] for one in seen]


def _apart(known: tuple[int, ...], seen: tuple[int, ...]) -> int:
    return sum(abs(a - b) for a, b in zip(known, seen, strict=True))


def refusal(body: bytes) -> str:
    with pytest.raises(InvalidInput) as refused:
        renditions(body)
    return refused.value.key


def test_a_picture_comes_in_three_widths_and_three_kinds_with_true_lengths(draw):
    files = renditions(draw(1600, 1200))
    names = {file.rendition.name for file in files}
    assert names == {f"{width}.{kind}" for width in (320, 640, 1280) for kind in ("jpg", "webp", "avif")}
    for file in files:
        assert opened(file).size == (file.rendition.width, file.rendition.height)
        assert len(file.body) == file.rendition.length
        assert opened(file).format == {"jpg": "JPEG"}.get(file.rendition.kind, file.rendition.kind.upper())


def test_no_picture_is_made_larger_than_it_is(draw):
    assert {file.rendition.width for file in renditions(draw(400, 300))} == {320, 400}
    assert {file.rendition.width for file in renditions(draw(200, 200))} == {200}


def test_a_tall_picture_is_kept_no_taller_than_a_page_can_show(draw):
    assert max(file.rendition.height for file in renditions(draw(1000, 8000))) <= 2560


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_every_format_a_browser_shows_is_taken(draw, kind):
    assert corners(opened(fallback(renditions(draw(kind=kind))))) == ["red", "green", "blue", "white"]


def test_the_same_bytes_make_the_same_files(draw):
    assert renditions(draw(200, 150)) == renditions(draw(200, 150))


def test_a_photograph_taken_sideways_stands_upright(draw):
    exif = Image.Exif()
    exif[0x0112] = 6
    made = opened(fallback(renditions(draw(400, 200, exif=exif))))
    assert made.size == (200, 400)
    assert corners(made) == ["blue", "red", "white", "green"]


def test_nothing_of_the_place_the_camera_or_the_person_is_left(draw):
    exif = Image.Exif()
    exif[0x010F], exif[0x013B] = "SECRETCAM", "SECRETPERSON"
    exif.get_ifd(0x8825)[1] = "SECRETPLACE"
    body = draw(exif=exif, comment=b"SECRETCOMMENT", xmp=b"<x>SECRETXMP</x>")
    assert b"SECRETPLACE" in body
    for file in renditions(body):
        assert b"SECRET" not in file.body
        assert not opened(file).getexif()
        assert not {"exif", "xmp", "comment", "icc_profile"} & opened(file).info.keys()


def test_the_text_of_a_png_and_its_profile_go_too(draw):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for file in renditions(draw(kind="PNG", mode="RGBA", icc_profile=profile)):
        assert "icc_profile" not in opened(file).info


def test_a_broken_profile_is_no_obstacle(draw):
    assert renditions(draw(icc_profile=b"not a profile"))


@pytest.mark.parametrize("mode", ["CMYK", "L"])
def test_what_printers_and_scanners_make_becomes_a_picture_for_screens(draw, mode):
    assert opened(fallback(renditions(draw(mode=mode)))).mode == "RGB"


def test_sixteen_bits_a_pixel_keep_their_greys():
    written = BytesIO()
    Image.new("I;16", (100, 100), 0x8000).save(written, "PNG")
    (red, _, _) = opened(fallback(renditions(written.getvalue()))).convert("RGB").getpixel((50, 50))
    assert 120 < red < 136


def test_what_is_seen_through_stays_so_and_an_opaque_png_becomes_a_jpeg(draw):
    clear = BytesIO()
    Image.new("RGBA", (100, 100), (255, 0, 0, 0)).save(clear, "PNG")
    assert opened(fallback(renditions(clear.getvalue()))).mode == "RGBA"
    assert fallback(renditions(draw(kind="PNG", mode="RGBA"))).rendition.kind == "jpg"


def test_of_what_moves_the_first_moment_is_kept():
    written, frames = BytesIO(), [Image.new("RGB", (100, 100), colour) for colour in ("red", "blue")]
    frames[0].save(written, "GIF", save_all=True, append_images=frames[1:])
    made = opened(fallback(renditions(written.getvalue())))
    assert corners(made) == ["red"] * 4
    assert getattr(made, "n_frames", 1) == 1


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    "body", [b"", SVG, b"<html>", b"%PDF-1.7", b"II*\0" + b"\0" * 99, b"BM" + b"\0" * 99, b"8BPS\0\1"]
)
def test_what_is_no_picture_for_the_web_is_refused_in_one_sentence(body):
    assert refusal(body) == "picture.kind"


def bomb(width: int, height: int) -> bytes:
    """A PNG that says it is this large, and is small."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + name + data + zlib.crc32(name + data).to_bytes(4)

    head = width.to_bytes(4) + height.to_bytes(4) + b"\x08\x02\x00\x00\x00"
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100_000))
        + chunk(b"IEND", b"")
    )


def test_a_bomb_is_refused_by_what_it_says_of_itself_before_it_is_decoded():
    side = int(MOST_PIXELS**0.5) + 1
    assert refusal(bomb(side, side)) == "picture.pixels"


@pytest.mark.parametrize(
    ("size", "key"),
    [
        ((1, 1), "picture.small"),
        ((47, 300), "picture.small"),
        ((6000, 100), "picture.oblong"),
        ((20000, 1), "picture.small"),
    ],
)
def test_dots_and_threads_are_refused(draw, size, key):
    assert refusal(draw(*size, kind="PNG")) == key


def test_a_page_glued_to_a_picture_is_left_behind(draw):
    body = draw() + b"<script>alert('GLUED')</script>PK\x03\x04GLUED"
    assert all(b"GLUED" not in file.body for file in renditions(body))
