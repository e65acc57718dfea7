"""Pictures from a shell."""

from PIL import Image


def test_a_file_becomes_the_items_picture(shell, tmp_path, draw):
    file = tmp_path / "photo.jpg"
    file.write_bytes(draw(800, 600))
    told = shell.json(
        "item", "add", "--title", "x", "--image", str(file), "--image-alt", "A lab", "--image-credit", "Ada",
    )  # fmt: skip
    image = told["image"]
    assert (image["alt"], image["credit"], image["width"], image["height"]) == ("A lab", "Ada", 800, 600)
    assert image["url"].endswith("/800.jpg")
    other = tmp_path / "other.png"
    Image.new("RGBA", (100, 100), (0, 0, 0, 0)).save(other)
    edited = shell.json("item", "edit", told["id"], "--image", str(other))["image"]
    assert (edited["alt"], edited["width"], edited["url"][-4:]) == ("A lab", 100, ".png")
    assert shell.json("item", "edit", told["id"], "--image", "")["image"] is None


def test_a_file_that_cannot_be_taken_is_refused_in_a_line(shell, tmp_path):
    drawing = tmp_path / "drawing.svg"
    drawing.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    assert "SVG" in shell.error("item", "add", "--title", "x", "--image", str(drawing), "--image-alt", "x")
    assert "nowhere.jpg" in shell.error("item", "add", "--title", "x", "--image", str(tmp_path / "nowhere.jpg"))
    assert shell.json("item", "list") == []


def test_what_nobody_can_see_has_to_be_described(shell, tmp_path, draw):
    file = tmp_path / "photo.jpg"
    file.write_bytes(draw())
    assert "Describe" in shell.error("item", "add", "--title", "x", "--image", str(file))
