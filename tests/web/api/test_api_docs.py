"""What docs/api.md tells to type is typed, against a real server on loopback."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from desk.items import list_items
from desk.tokens import add_token
from tests.loopback import serving
from web.api.routes import ROUTES

PAGE = (Path(__file__).parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def server(app):
    with serving(app) as made:
        yield f"http://127.0.0.1:{made.server_port}"


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl on this machine")
def test_the_examples_do_what_the_page_says(server, desk, people, tmp_path):
    user = people["admin"]
    _, token = add_token(desk, user.email, name="Docs", role="admin", days=1, actor=user)
    Image.new("RGB", (600, 400), "teal").save(tmp_path / "picture.png")
    script = "\necho ---\n".join(BLOCKS).replace(
        "-w '%header{location}')", "-w '%header{location}' | sed s,^http://localhost,$DEPECHE,)"
    )
    ran = subprocess.run(
        ["bash", "-eu", "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
        env={"DEPECHE": server, "TOKEN": token, "PATH": "/usr/bin:/bin", "no_proxy": "127.0.0.1"},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr + ran.stdout
    told = [block.strip() for block in ran.stdout.split("---")]
    assert json.loads(told[0])["email"] == user.email
    assert json.loads(told[3])["title"] == "Un grand prix"
    assert '"withdrawn"' in told[4] and '"published"' in told[4]
    assert json.loads(told[5])["url"].startswith("urn:uuid:")
    assert json.loads(told[7])["errors"][0]["pointer"] == "/title"
    assert json.loads(told[8])["secret"].startswith("whsec_")
    assert [item.title for item in list_items(desk)] == ["Un grand prix"]


def test_the_page_names_every_resource():
    named = {each.partition("/")[0] for each in re.findall(r"`([a-z-]+(?:/\{\w+\})?)`", PAGE)}
    there = {route.path.split("/")[1] for route in ROUTES} - {"openapi.json", "problems", "me", "items", "pictures"}
    assert there - named == set()
    for path in ("me", "items", "pictures"):
        assert f"$API/{path}" in PAGE
