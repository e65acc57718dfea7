"""The script of the element over HTTP: small, the same for ever under its version, harmless to the page it is on."""

import re
from base64 import b64encode
from hashlib import sha384

import pytest

from web.embed.script import FOLDER, made, script_of

MOST_BYTES = 4000


def test_it_is_small_with_its_style(client) -> None:
    for coding in ("gzip", "br"):
        answer = client.get("/embed.js", headers={"Accept-Encoding": coding})
        assert answer.headers["Content-Encoding"] == coding
        assert len(answer.data) < MOST_BYTES


def test_todays_script_is_the_one_of_its_version(client, app) -> None:
    script = script_of(app)
    today, pinned = client.get("/embed.js"), client.get(script.path)
    assert today.data == pinned.data
    assert script.integrity == f"sha384-{b64encode(sha384(today.data).digest()).decode()}"
    assert "max-age=300" in today.headers["Cache-Control"]
    assert pinned.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("address", ["/embed.js", "pinned"])
def test_any_site_may_load_it_as_a_module(client, app, address: str) -> None:
    answer = client.get(script_of(app).path if address == "pinned" else address)
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Set-Cookie" not in answer.headers


def test_a_version_nobody_made_is_not_there(client) -> None:
    assert client.get("/embed/0123456789abcdef.js").status_code == 404


def test_a_released_version_goes_on_being_answered(tmp_path) -> None:
    """A partner's page names it by its hash: it must not stop with our next release."""
    for name in ("element.js", "element.css"):
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    (tmp_path / "released").mkdir()
    (tmp_path / "released" / "00ff00ff00ff00ff.js").write_bytes(b"old")
    assert made(tmp_path).versions["00ff00ff00ff00ff"].body == b"old"


def test_released_files_are_named_by_what_they_hold() -> None:
    from hashlib import sha256

    for path in (FOLDER / "released").glob("*.js"):
        assert path.stem == sha256(path.read_bytes()).hexdigest()[:16]


def test_it_stores_nothing_measures_nothing_and_writes_no_markup(client) -> None:
    code = client.get("/embed.js").text
    markup = r"innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function\("
    assert re.findall(rf"{markup}|cookie|localStorage|sessionStorage|indexedDB|sendBeacon", code) == []
    assert 'credentials: "omit"' in code
    assert 'referrerPolicy: "no-referrer"' in code


def test_only_whole_lines_are_taken_out_of_it(client) -> None:
    """What makes it small knows no JavaScript: nothing in the file may depend on the start of a line."""
    source = (FOLDER / "element.js").read_text(encoding="utf-8")
    assert "`" not in source
    assert "/*" not in source.replace('"/* style */"', "")
