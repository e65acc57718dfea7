"""What docs/api.md tells to type is typed, against a real server on loopback."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from desk.items.listing import list_items
from news.webhooks import secret_from, signature
from tests.loopback import serving
from tests.patience import PATIENCE
from web.api.routes import ROUTES

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def server(app):
    with serving(app) as made:
        yield f"http://127.0.0.1:{made.server_port}"


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl on this machine")
def test_the_examples_do_what_the_page_says(server, desk, people, tmp_path):
    user = people["admin"]
    Image.new("RGB", (600, 400), "teal").save(tmp_path / "picture.png")
    shell = tmp_path / "bin" / "depeche"
    shell.parent.mkdir()
    shell.write_text(f'#!/bin/sh\nexec {sys.executable} -m cli.main "$@"\n')
    shell.chmod(0o755)
    script = "\necho ---\n".join(BLOCKS).replace(
        "-w '%header{location}')", "-w '%header{location}' | sed s,^http://localhost,$DEPECHE,)"
    )
    ran = subprocess.run(
        ["bash", "-eu", "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=PATIENCE, check=False,
        env={
            "DEPECHE": server, "EMAIL": user.email, "PATH": f"{shell.parent}:/usr/bin:/bin", "no_proxy": "127.0.0.1",
            "DEPECHE_DATABASE": str(desk.settings.database), "PYTHONPATH": str(ROOT),
        },
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr + ran.stdout
    told = [block.strip() for block in ran.stdout.split("---")]
    assert json.loads(told[0])["email"] == user.email
    assert json.loads(told[3])["status"] == "scheduled"
    assert json.loads(told[4])["title"] == "Un grand prix"
    assert told[5] == "412"
    assert '"withdrawn"' in told[6] and '"published"' in told[6]
    assert json.loads(told[7])["image"]["alt"] == "Les lauréates"
    assert json.loads(told[9])["errors"][0]["pointer"] == "/title"
    assert told[10].endswith("409")
    assert json.loads(told[11])["secret"].startswith("whsec_")
    assert {item.title for item in list_items(desk)} == {"Un grand prix", "Une soutenance"}


def test_the_signature_is_checked_as_the_page_says():
    (sample,) = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    namespace: dict[str, object] = {}
    exec(compile(sample, "docs/api.md", "exec"), namespace)
    is_genuine = namespace["is_genuine"]
    secret, body, now = secret_from(b"k" * 32), b'{"type":"item.published"}', int(time.time())

    def headers(at: int) -> dict[str, str]:
        signed = signature(secret, "msg_1", at, body)
        return {"webhook-id": "msg_1", "webhook-timestamp": str(at), "webhook-signature": f"v1,x {signed}"}

    assert is_genuine(secret, headers(now), body)
    assert not is_genuine(secret, headers(now), body + b" ")
    assert not is_genuine(secret, headers(now) | {"webhook-id": "msg_2"}, body)
    assert not is_genuine(secret_from(b"o" * 32), headers(now), body)
    assert not is_genuine(secret, headers(now - 400), body)


def test_the_page_names_every_resource():
    named = {each.partition("/")[0] for each in re.findall(r"`([a-z-]+(?:/\{\w+\})?)`", PAGE)}
    there = {route.path.split("/")[1] for route in ROUTES} - {"openapi.json", "problems", "me", "items", "pictures"}
    assert there - named == set()
    for path in ("me", "items", "pictures"):
        assert f"$API/{path}" in PAGE
