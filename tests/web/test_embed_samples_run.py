"""The samples that run on a partner's server: by a real curl, nginx, Apache, PHP, where this machine has them."""

import re
import shutil
import subprocess
import tempfile
import threading
import time
from http.client import HTTPConnection
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from app import create_app
from desk.categories import add_category
from desk.context import open_desk
from desk.items import Draft, post_item
from desk.settings import Settings
from net.ports import free_port
from web.embed_asked import Wanted
from web.embed_samples import Choice, samples


@pytest.fixture
def home(tmp_path):
    """A newsroom with one item in Masters; its address."""
    late = []
    server = make_server("127.0.0.1", 0, lambda environ, start: late[0](environ, start), threaded=True)
    url = f"http://127.0.0.1:{server.server_port}"
    desk = open_desk(Settings(database=tmp_path / "depeche.db", base_url=url), create=True)
    add_category(desk, "Masters", actor="cli")
    said = Draft(title="L’été « ici »", categories=("masters",), date="2024-09-16", status="published", language="fr")
    post_item(desk, said, "cli")
    late.append(create_app(desk))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield url
    server.shutdown()
    thread.join()
    server.server_close()
    desk.storage.close()


@pytest.fixture
def sample(home):
    def code(name: str) -> str:
        choice = Choice(
            home, "masters", "fr", Wanted(limit=3, heading=2), "Masters", f"{home}/category/masters?lang=fr",
            "Toutes les actualités", "/embed/x.js", "sha384-x",
        )  # fmt: skip
        return next(each.code for each in samples(choice) if each.name == name)

    return code


def is_the_block(text: str) -> bool:
    line = (
        r"<h2><a href=\"[^\"]+\">L’été « ici »</a></h2>\s*<p>Masters — <time datetime=\"2024-09-16\">16/09/2024</time>"
    )
    return bool(re.search(line, text))


def test_curl_brings_a_file_up_to_date_and_keeps_it_when_nothing_comes(sample, tmp_path) -> None:
    def run(command: str) -> int:
        return subprocess.run(["/bin/sh", "-c", command], cwd=tmp_path, capture_output=True, timeout=30).returncode

    if not shutil.which("curl"):
        pytest.skip("no curl on this machine")
    assert run(sample("curl")) == 0
    assert is_the_block((tmp_path / "block.html").read_text())
    assert run(sample("curl").replace("masters", "licence")) != 0
    assert is_the_block((tmp_path / "block.html").read_text())


@pytest.mark.parametrize("name", ["newsletter", "text", "json"])
def test_addresses_of_other_forms_answer(sample, name: str) -> None:
    got = subprocess.run(["curl", "-fsS", sample(name)], capture_output=True, timeout=30, check=True).stdout.decode()
    assert "L’été « ici »" in got
    assert "Masters" in got


def test_nginx_includes_it(sample) -> None:
    nginx = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    if nginx is None:
        pytest.skip("no nginx on this machine (apt-get install nginx-light)")
    conf, page = sample("nginx").split("# location / { ssi on; … }")
    with tempfile.TemporaryDirectory(prefix="depeche-") as folder:
        place, port = Path(folder), free_port("127.0.0.1")
        place.chmod(0o755)
        (place / "index.html").write_text(f"<!doctype html><title>P</title>{page}", encoding="utf-8")
        kept = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        (place / "nginx.conf").write_text(
            f"daemon off; master_process off; pid {place}/pid; error_log {place}/error.log; events {{}} http {{\n"
            + "".join(f"{each}_temp_path {place}/{each};\n" for each in kept)
            + f"access_log off; types {{ text/html html; }} server {{ listen 127.0.0.1:{port}; root {place};\n"
            + f"{conf}\nlocation / {{ ssi on; }} }} }}"
        )
        process = subprocess.Popen([nginx, "-p", folder, "-c", str(place / "nginx.conf"), "-e", f"{place}/error.log"])
        try:
            assert is_the_block(asked(port))
        finally:
            process.terminate()
            process.wait(10)


def asked(port: int) -> str:
    """The partner's page, as soon as its server is there."""
    deadline = time.monotonic() + 10
    while True:
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", "/index.html")
            return connection.getresponse().read().decode()
        except ConnectionRefusedError:
            assert time.monotonic() < deadline, "nginx did not come"
            time.sleep(0.02)
        finally:
            connection.close()


def test_apaches_page_includes_the_same_address_as_nginxs(sample) -> None:
    """Apache itself is not on most machines: what is common to both samples is what nginx was seen to include."""
    include = r'virtual="(/depeche/[^"]+)"'
    assert re.findall(include, sample("apache")) == re.findall(include, sample("nginx"))
    if not (shutil.which("apache2") or shutil.which("httpd")):
        pytest.skip("no Apache on this machine")


def test_php_includes_it_and_shows_a_link_when_nothing_comes(sample, tmp_path) -> None:
    php = shutil.which("php")
    if php is None:
        pytest.skip("no PHP on this machine")
    page = tmp_path / "page.php"
    for code, whole in ((sample("php"), True), (sample("php").replace(".html?", ".htm?"), False)):
        page.write_text(code, encoding="utf-8")
        got = subprocess.run([php, str(page)], capture_output=True, timeout=30, check=True).stdout.decode()
        assert is_the_block(got) is whole
        assert "Toutes les actualités" in got
