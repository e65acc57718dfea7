"""What `depeche export static` writes, served by a real nginx with docs/nginx-static.conf, against the newsroom's own
answers: a reader cannot tell which of the two it asked."""

import html
import http.client
import json
import re
import shutil
import socket
import subprocess
import tempfile
import threading
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from desk.categories.registry import rename_category
from desk.partners.audience import audience
from desk.partners.counting_log import count_log, lines_of
from desk.partners.registry import add_partner
from desk.publishing.export_static import export_static
from tests.patience import PATIENCE, until
from tests.sites import OverSocket, Site
from web.embed.files import block_kinds, scripts
from web.embed.script import script_of

CONF = Path(__file__).parents[2] / "docs" / "nginx-static.conf"
NGINX = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
SAME = (
    "Content-Type", "Content-Encoding", "Cache-Control", "Vary", "Access-Control-Allow-Origin",
    "Access-Control-Expose-Headers", "X-Content-Type-Options", "Last-Modified", "X-Robots-Tag",
    "Cross-Origin-Resource-Policy",
)  # fmt: skip
ADDRESSES = [
    *(f"/feeds/{each}.{name}" for each in ("all", "masters.fr", "doctorat.en") for name in ("atom", "rss", "json")),
    "/embed/all.html", "/embed/masters.en.html", "/embed/all.html?limit=5", "/feeds/all.atom?utm_source=x",
    "/feeds.opml", "/embed/all", "/embed/masters.fr-else-en", "/embed/masters.json?limit=5", "/embed/all.en.json",
    "/embed.js",
]  # fmt: skip
pytestmark = pytest.mark.skipif(NGINX is None, reason="no nginx on this machine (apt-get install nginx-light)")


@pytest.fixture
def place():
    """A folder with a short name: that of a socket may have no more than 107 bytes."""
    with tempfile.TemporaryDirectory(prefix="depeche-") as folder:
        yield Path(folder)


@pytest.fixture
def app_port(app_server):
    return app_server[0].server_port


@pytest.fixture
def app_server(app):
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server, thread
    stopped(server, thread)


@pytest.fixture
def stop_newsroom(app_server):
    return lambda: stopped(*app_server)


def stopped(server, thread):
    if thread.is_alive():
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def conf(place, app_port):
    """The file as it stands, with this machine's names in it."""
    text = CONF.read_text(encoding="utf-8")
    text = text.replace("listen 80;", f"listen unix:{place}/http.sock;").replace("/srv/depeche/www", f"{place}/www")
    text = text.replace("http://127.0.0.1:8000", f"http://127.0.0.1:{app_port}")
    text = text.replace("/var/log/nginx", str(place))
    if BROTLI.exists():
        text = text.replace("# brotli_static on;", "brotli_static on;")
    (place / "site.conf").write_text(text, encoding="utf-8")
    kept = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    folders = "".join(f"{name}_temp_path {place}/{name};" for name in kept)
    main = place / "nginx.conf"
    main.write_text(
        (f"load_module {BROTLI};" if BROTLI.exists() else "")
        + f"daemon off; master_process off; pid {place}/pid; error_log {place}/error.log; events {{}}"
        f"http {{ access_log off; {folders} include {place}/site.conf; }}"
    )
    return main


@pytest.fixture
def export(app, desk, place):
    def run():
        return export_static(desk, place / "www", block_kinds(app), scripts(app))

    return run


@pytest.fixture
def nginx(conf, export, post, clock, place):
    """The files behind nginx, the newsroom behind it for everything else."""
    post("Une visite", "masters")
    post("A visit", "doctorat", language="en")
    clock.forward(hours=1)
    export()
    process = subprocess.Popen([NGINX, "-p", str(place), "-c", str(conf)], stderr=subprocess.PIPE)
    until(lambda: process.poll() is not None or answers(f"{place}/http.sock"), "nginx")
    assert process.poll() is None, process.stderr.read()
    yield Site(lambda: OverSocket(f"{place}/http.sock"))
    process.terminate()
    process.communicate(timeout=PATIENCE)


def answers(path):
    with suppress(OSError), socket.socket(socket.AF_UNIX) as tried:
        tried.connect(path)
        return True
    return False


@pytest.fixture
def newsroom(app_port):
    return Site(lambda: http.client.HTTPConnection("127.0.0.1", app_port, timeout=PATIENCE))


def test_nginx_takes_the_configuration(conf, place):
    told = subprocess.run([NGINX, "-t", "-p", str(place), "-c", str(conf)], capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
    assert "warn" not in told.stderr


def test_each_address_answers_alike_in_each_coding(nginx, newsroom):
    both = "gzip, deflate, br" if BROTLI.exists() else "gzip, deflate"
    for path, accepted in product(ADDRESSES, (None, both, "gzip", "identity", "gzip;q=0")):
        asked = {"Accept-Encoding": accepted} if accepted else {}
        served, live = nginx.ask(path, **asked), newsroom.ask(path, **asked)
        assert (served[0], served[2]) == (live[0], live[2]) == (200, live[2]), path
        told = {name: (served[1].get(name), live[1].get(name)) for name in SAME}
        if live[1].get("Last-Modified") is None:
            del told["Last-Modified"]
        assert {name: pair for name, pair in told.items() if pair[0] != pair[1]} == {}, path
        assert policy(served[1]).items() <= policy(live[1]).items(), path
        assert served[1]["ETag"].startswith('"')
        assert not re.search(r"\d", served[1]["Server"])


def policy(headers):
    """The rules of a document by name. A file's header cannot say those that name hashes: the page says them itself."""
    rules = (rule.strip().partition(" ") for rule in headers["Content-Security-Policy"].split(";"))
    return {name: value for name, _, value in rules}


def test_a_page_for_an_iframe_says_its_policy_itself(nginx, newsroom):
    said = re.search('http-equiv="Content-Security-Policy" content="([^"]+)"', nginx.ask("/embed/all")[2].decode())[1]
    live = newsroom.ask("/embed/all")[1]["Content-Security-Policy"]
    assert f"{html.unescape(said)}; frame-ancestors *" == live


def test_the_script_of_a_version_is_a_file_that_never_changes(nginx, newsroom, app):
    path = script_of(app).path
    for site in (nginx, newsroom):
        status, headers, _ = site.ask(path, Accept_Encoding="gzip")
        assert (status, headers["Cache-Control"]) == (200, "public, max-age=31536000, immutable")
        assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert nginx.ask(path)[2] == newsroom.ask(path)[2]


def test_blocks_go_on_while_the_newsroom_is_down(nginx, conf, stop_newsroom):
    stop_newsroom()
    for path in ("/embed.js", "/embed/masters.fr.json?limit=5", "/embed/masters.html", "/embed/masters.fr-else-en",
                 "/feeds/masters.atom"):  # fmt: skip
        assert nginx.ask(path)[0] == 200, path
    for path in (
        "/embed/masters.json?limit=3",
        "/embed/masters.html?layout=cards&p=0123456789",
        "/embed/all?ink=00ff00",
    ):
        status, headers, body = nginx.ask(path)
        assert (status, b"Une visite" in body) == (200, True), path
        assert headers["Access-Control-Allow-Origin"] == "*"
    assert nginx.ask("/embed/masters+doctorat.json?limit=5")[0] == 503


def test_a_feed_for_its_partners_sites_alone_has_no_page_that_anybody_may_frame(nginx, newsroom, desk, export, place):
    add_partner(desk, "Lyon", selection="masters", origins=("lyon.example",), actor="cli")
    export()
    assert (place / "www/embed/lyon.fr.html").is_file()
    assert not (place / "www/embed/lyon.fr").exists()
    assert "https://lyon.example" in policy(nginx.ask("/embed/lyon.fr")[1])["frame-ancestors"]


def written(log: Path, lines: int) -> None:
    """Come back once nginx has written so many lines: it writes them after the answer has left."""
    until(lambda: log.read_bytes().count(b"\n") >= lines, f"{lines} lines of {log}")


def test_what_nginx_answered_is_counted_by_its_log_and_what_it_passed_on_is_not(nginx, app, place, desk):
    today = replace(desk, clock=lambda: datetime.now(UTC))
    firefox = {"User_Agent": "Mozilla/5.0 Firefox/140.0"}
    nginx.ask("/embed/masters.json?limit=5", Origin="https://lyon.example", **firefox)
    nginx.ask("/embed/masters", Referer="https://lyon.example/a/page?who=ada", **firefox)
    nginx.ask("/embed/masters.json?limit=3", Origin="https://lyon.example", **firefox)
    nginx.ask("/feeds/masters.atom", **firefox)
    log = place / "depeche-files.log"
    written(log, 3)
    assert "who=ada" not in log.read_text() and "lyon.example" in log.read_text()
    with log.open("rb") as opened:
        report = count_log(today, lines_of(opened), app.extensions["counting"].document_of)
    assert (report.counted, report.passed) == (3, 0)
    found = audience(today, "en")
    seen = [(each.address, sum(each.fetches)) for each in (*found.feeds, *found.blocks)]
    assert seen == [("masters", 1), ("masters", 2)]
    assert {each.carried.document.form for each in found.sites} == {"json", "page"}


def test_archives_are_files_that_answer_alike_too(nginx, newsroom, post, export, place, clock):
    for number in range(60):
        post(f"n° {number}", "masters")
    clock.forward(hours=1)
    export()
    led = json.loads(newsroom.ask("/feeds/masters.json")[2])["next_url"].removeprefix("https://news.example.org")
    for path in (led, led.replace(".json", ".atom")):
        assert (place / "www" / path.lstrip("/")).is_file()
        served, live = (site.ask(path, Accept_Encoding="gzip") for site in (nginx, newsroom))
        assert (served[0], served[2]) == (live[0], live[2]) == (200, live[2])
        assert {name: served[1].get(name) for name in SAME} == {name: live[1].get(name) for name in SAME}
    gone = "/feeds/masters/archive/77.atom"
    assert nginx.ask(gone)[0] == newsroom.ask(gone)[0] == 404


def test_each_coding_has_an_entity_tag_of_its_own(nginx):
    plain, packed = (nginx.ask("/feeds/all.atom", Accept_Encoding=each)[1]["ETag"] for each in ("identity", "gzip"))
    assert plain != packed


def test_whoever_has_it_already_is_told_so(nginx, newsroom):
    paths = ("/feeds/all.atom", "/feeds/masters.fr.json", "/embed/all.html")
    for path, site in product(paths, (nginx, newsroom)):
        tag, date = (site.ask(path, Accept_Encoding="gzip")[1][name] for name in ("ETag", "Last-Modified"))
        later = "Fri, 01 Jan 2027 00:00:00 GMT" if site is nginx else date
        for has, status in (
            ({"If-None-Match": tag}, 304),
            ({"If-None-Match": f'"other", W/{tag}'}, 304),
            ({"If-None-Match": "*"}, 304),
            ({"If-None-Match": '"other"'}, 200),
            ({"If-None-Match": '"other"', "If-Modified-Since": date}, 200),
            ({"If-None-Match": tag, "If-Modified-Since": date}, 304),
            ({"If-Modified-Since": date}, 304),
            ({"If-Modified-Since": later}, 304),
            ({"If-Modified-Since": "Thu, 01 Jan 2026 00:00:00 GMT"}, 200),
        ):
            answer = site.ask(path, Accept_Encoding="gzip", **has)
            assert answer[0] == status, (site is nginx, has)
            if status == 304:
                assert answer[2] == b""
                assert answer[1]["Cache-Control"].startswith("public, max-age=300, stale-while-revalidate")
                assert (answer[1]["Vary"], answer[1]["Access-Control-Allow-Origin"]) == ("Accept-Encoding", "*")


def test_a_head_has_the_headers_of_a_get(nginx):
    status, headers, body = nginx.ask("/feeds/all.atom", "HEAD", Accept_Encoding="gzip")
    assert (status, body) == (200, b"")
    assert headers["Content-Length"] == str(len(nginx.ask("/feeds/all.atom", Accept_Encoding="gzip")[2]))


ELSEWHERE = [
    ("OPTIONS", "/feeds/all.atom", 204), ("POST", "/feeds/all.atom", 405), ("DELETE", "/feeds.opml", 405),
    ("GET", "/embed/all.html?limit=1", 200), ("GET", "/embed/all.html?limit=99", 400),
    ("GET", "/feeds/masters+doctorat.atom", None), ("GET", "/feeds/masters%21doctorat.atom", 200),
    ("GET", "/feeds/nothing.atom", 404), ("GET", "/feeds/all.atom.gz", None), ("GET", "/feeds/.depeche-new", None),
    ("GET", "/.depeche-export", 404), ("GET", "/embed/all?paper=00ff00", 200), ("GET", "/embed/all.gz", None),
    ("GET", "/embed/all.html?layout=cards", 200), ("GET", "/embed/all.html?utm=1&heading=2", 200),
    ("GET", "/embed/all.json?limit=5&p=0123456789", 200), ("GET", "/embed/all.json.gz", None),
    ("GET", "/embed/0123456789abcdef.js", 404), ("GET", "/embed.js.br", None),
    ("GET", "/feeds", 200), ("GET", "/", 200),
    ("GET", "/feeds//all.atom", None), ("GET", "/healthz", 200),
]  # fmt: skip


def test_what_is_no_file_is_the_newsrooms_answer(nginx, newsroom):
    for method, path, status in ELSEWHERE:
        served, live = nginx.ask(path, method), newsroom.ask(path, method)
        assert served[0] == live[0] == (status or live[0]), path
        assert served[2] == live[2], path
        for name in ("Content-Type", "Cache-Control", "Access-Control-Allow-Origin", "Allow", "Location"):
            assert served[1].get(name) == live[1].get(name), (path, name)


def test_a_renamed_category_leads_to_its_new_address_after_the_next_export(nginx, desk, export):
    rename_category(desk, "masters", name_fr="Mastères", new_slug="masteres", actor="cli")
    assert nginx.ask("/feeds/masters.atom")[0] == 200
    export()
    status, headers, _ = nginx.ask("/feeds/masters.atom")
    assert (status, headers["Location"]) == (301, "/feeds/masteres.atom")
    assert nginx.ask("/feeds/masteres.atom")[0] == 200


def test_a_poller_learns_of_a_change_after_the_next_export(nginx, post, clock, export):
    headers = nginx.ask("/feeds/all.json")[1]
    clock.forward(minutes=1)
    post("Nouvelle", "masters")
    export()
    for has in ({"If-None-Match": headers["ETag"]}, {"If-Modified-Since": headers["Last-Modified"]}):
        status, _, body = nginx.ask("/feeds/all.json", **has)
        assert (status, b"Nouvelle" in body) == (200, True)


def test_the_tests_read_the_file_as_it_stands():
    text = CONF.read_text(encoding="utf-8")
    for named in (
        "listen 80;",
        "/srv/depeche/www",
        "/var/log/nginx/depeche-files.log",
        "http://127.0.0.1:8000",
        "# brotli_static on;",
    ):
        assert named in text
