"""The samples that run on a partner's server: by a real curl, nginx, Apache, PHP, where this machine has them."""

import re
import shutil
import subprocess
import threading
import time

import pytest
from werkzeug.serving import make_server

from app import create_app
from desk.categories.registry import add_category, rename_category
from desk.context import open_desk
from desk.items.posting import post_item, retract_item
from desk.partners.audience import audience
from desk.partners.registry import add_partner, list_partners
from desk.settings import Settings
from news.drafts import Draft
from tests.partner_servers import APACHE, NGINX, apache, nginx
from tests.patience import PATIENCE, until
from web.embed.query import Wanted
from web.embed.samples import Choice, samples

MORE = "Toutes les actualités"
with_nginx = pytest.mark.skipif(NGINX is None, reason="no nginx on this machine (apt-get install nginx-light)")
with_apache = pytest.mark.skipif(APACHE is None, reason="no Apache on this machine (apt-get install apache2)")


class Home:
    """A newsroom with one item in Masters, what it was asked, and whether it lets its answers be kept for seconds."""

    def __init__(self, tmp_path):
        self.asked, self.hasty, self.app = [], False, None
        self._server = make_server("127.0.0.1", 0, self._answer, threaded=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self.desk = open_desk(Settings(database=tmp_path / "depeche.db", base_url=self.url), create=True)
        for name in ("Masters", "Licence"):
            add_category(self.desk, name, actor="cli")
        said = Draft(title="L’été « ici »", categories=("masters",), date="2024-09-16", status="published")
        self.item = post_item(self.desk, said, "cli")
        self.app = create_app(self.desk)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()

    def _answer(self, environ, start):
        self.asked.append(environ)

        def started(status, headers):
            if self.hasty:
                headers = [(name, _seconds(value)) for name, value in headers]
            start(status, headers)

        return self.app(environ, started)

    def stop(self):
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()
            self.desk.storage.close()


def _seconds(value):
    """What our headers allow for minutes, for a second each: the test is not to take six minutes."""
    return re.sub(r"max-age=300, stale-while-revalidate=60", "max-age=1, stale-while-revalidate=1", value)


@pytest.fixture
def home(tmp_path):
    """A newsroom that answers over HTTP."""
    home = Home(tmp_path)
    yield home
    home.stop()


@pytest.fixture
def sample(home):
    def code(name: str, base: str = "masters", partner: str = "") -> str:
        choice = Choice(
            home.url, base, "fr", Wanted(limit=3, heading=2), "Masters", f"{home.url}/category/masters?lang=fr", MORE,
            "/embed/x.js", "sha384-x", partner,
        )  # fmt: skip
        return unhurried(next(each.code for each in samples(choice) if each.name == name), name)

    return code


# How long a sample waits for us before it shows a link, which is seconds: a slow machine takes longer to answer.
WAITS = {
    "nginx": ("proxy_connect_timeout 2s", "proxy_read_timeout 3s"), "apache": ("connectiontimeout=2 timeout=3",),
    "php": ('"timeout" => 3',), "curl": ("--max-time 20",),
}  # fmt: skip


def unhurried(code: str, name: str) -> str:
    for wait in WAITS.get(name, ()):
        assert wait in code
        code = code.replace(wait, re.sub(r"\d+", f"{PATIENCE:.0f}", wait))
    return code


@pytest.fixture
def by_nginx(sample):
    """A partner's nginx, with the sample as it is copied."""

    def served(**choice):
        everywhere, site, page = parts(sample("nginx", **choice), "# server { … }", "# location / { ssi on; … }")
        place = "/var/cache/nginx/depeche"
        assert place in everywhere
        return nginx(everywhere.replace(place, "cache"), f"{site}\nlocation / {{ ssi on; }}", page=page)

    return served


@pytest.fixture
def by_apache(sample):
    """A partner's Apache, with the sample as it is copied, the options for a folder taken at their word."""

    def served(**choice):
        site, page = sample("apache", **choice).split("\n\n", 1)
        return apache(site.replace("\n# ", "\n"), page=page)

    return served


@pytest.fixture(params=[pytest.param("nginx", marks=with_nginx), pytest.param("apache", marks=with_apache)])
def included(request):
    return request.getfixturevalue(f"by_{request.param}")


def parts(text, *marks):
    found = []
    for mark in marks:
        before, text = text.split(mark)
        found.append(before)
    return [*found, text]


def is_the_block(text: str) -> bool:
    line = (
        r"<h2><a href=\"[^\"]+\">L’été « ici »</a></h2>\s*<p>Masters — <time datetime=\"2024-09-16\">16/09/2024</time>"
    )
    return bool(re.search(line, text))


def test_a_server_includes_it_and_tells_us_nothing_of_its_visitor(included, home) -> None:
    with included(base="masters!licence") as ask:
        page = ask("page", Cookie="session=secret", Authorization="Basic eDp5", Referer="https://p.example/private")
    assert is_the_block(page)
    assert page.endswith("<p>end")
    told = str({name: value for name, value in home.asked[-1].items() if name.startswith("HTTP_")})
    assert not any(each in told for each in ("secret", "Basic", "private", "FORWARDED", "Firefox", "gzip"))


def test_a_category_that_moved_is_included_all_the_same(included, home) -> None:
    """Neither server follows to the new address: the answer that names it says the block."""
    rename_category(home.desk, "masters", new_slug="mastere", actor="cli")
    with included() as ask:
        assert is_the_block(ask("page"))


def test_where_no_block_comes_the_page_has_a_link_and_nothing_else(included, home) -> None:
    with included(base="nothing") as ask:
        assert only_the_link(ask("page"))
        home.stop()
        assert only_the_link(ask("page"))


def only_the_link(page: str) -> bool:
    link = re.search(rf"<p><a href=[\"'][^\"']+/category/masters\?lang=fr[\"']>{MORE}</a></p>\s*<p>end$", page)
    return bool(link) and len(re.findall("<(?!!)", page)) == 8


@with_nginx
def test_a_cache_asks_no_sooner_than_it_must_and_shows_on_while_we_are_down(by_nginx, home) -> None:
    with by_nginx() as ask:
        assert all(is_the_block(ask("page")) for _ in range(3))
        assert len(home.asked) == 1
    home.hasty = True
    with by_nginx() as ask:
        assert is_the_block(ask("page"))
        home.stop()
        time.sleep(2.1)  # its two seconds are over: whatever is shown now is shown for want of an answer
        assert is_the_block(ask("page"))


@with_nginx
def test_what_is_retracted_leaves_a_cached_inclusion_in_the_stated_time(by_nginx, home) -> None:
    """The stated six minutes, with every minute of ours a fraction of a second: max-age and the window after it. A
    busy machine is given patience; kept for as long as when our server is down, it would stay."""
    home.hasty = True
    with by_nginx() as ask:
        assert is_the_block(ask("page"))
        retract_item(home.desk, home.item.id, "cli")
        home.app.extensions["publisher"].changed()
        until(lambda: "L’été" not in ask("page"))
        assert MORE in ask("page")


def test_a_partner_whose_server_names_no_program_is_seen(home, included) -> None:
    key = add_partner(home.desk, "Lyon", actor="cli").partner.key
    with included(partner=key) as ask:
        assert is_the_block(ask("page"))
    home.app.extensions["counting"].write()
    (lyon,) = list_partners(home.desk)
    assert lyon.standing == "seen"
    assert [(each.asked, each.bots) for each in audience(home.desk, "fr").blocks] == [(1, 0)]


def test_curl_brings_a_file_up_to_date_and_keeps_it_when_nothing_comes(sample, home, tmp_path) -> None:
    def run(command: str) -> int:
        return subprocess.run(
            ["/bin/sh", "-c", command], cwd=tmp_path, capture_output=True, timeout=PATIENCE
        ).returncode

    if not shutil.which("curl"):
        pytest.skip("no curl on this machine")
    assert run(sample("curl")) == 0
    assert is_the_block((tmp_path / "block.html").read_text())
    assert run(sample("curl", base="nothing")) != 0
    assert is_the_block((tmp_path / "block.html").read_text())
    rename_category(home.desk, "masters", new_slug="mastere", actor="cli")
    assert run(sample("curl")) == 0
    assert is_the_block((tmp_path / "block.html").read_text())


@pytest.mark.parametrize("name", ["newsletter", "text", "json"])
def test_addresses_of_other_forms_answer(sample, name: str) -> None:
    got = subprocess.run(
        ["curl", "-fsS", sample(name)], capture_output=True, timeout=PATIENCE, check=True
    ).stdout.decode()
    assert "L’été « ici »" in got
    assert "Masters" in got


def test_php_includes_it_and_shows_a_link_when_nothing_comes(sample, home, tmp_path) -> None:
    php = shutil.which("php")
    if php is None:
        pytest.skip("no PHP on this machine (apt-get install php-cli)")

    def shown(code: str) -> str:
        (tmp_path / "page.php").write_text(code, encoding="utf-8")
        command = [php, str(tmp_path / "page.php")]
        return subprocess.run(command, capture_output=True, timeout=PATIENCE, check=True).stdout.decode()

    assert is_the_block(shown(sample("php")))
    link = f'<p><a href="{home.url}/category/masters?lang=fr">{MORE}</a></p>'
    assert shown(sample("php", base="nothing")) == link
    rename_category(home.desk, "masters", new_slug="mastere", actor="cli")
    assert is_the_block(shown(sample("php")))
    home.stop()
    assert shown(sample("php")) == link
