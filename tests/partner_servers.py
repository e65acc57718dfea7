"""Web servers of partners, as they stand on their machines: a real nginx, a real Apache, for one folder of pages."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from net.ports import answers
from tests.patience import PATIENCE, until
from tests.ports import free_port

NGINX = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
APACHE = shutil.which("apache2") or shutil.which("/usr/sbin/apache2")
_MODULES = Path("/usr/lib/apache2/modules")
_WANTED = (
    "mpm_event", "authz_core", "mime", "filter", "include", "headers", "proxy", "proxy_http", "socache_shmcb", "ssl",
)  # fmt: skip
_TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")

# Gives the text of the page at a path, asked for as a browser would.
Ask = Callable[..., str]


@contextmanager
def nginx(everywhere: str, site: str, **pages: str) -> Iterator[Ask]:
    """nginx with these lines in its ``http`` and its ``server``. ``pages``: the bodies of ``/<name>.html``."""
    with _folder(pages) as (place, port):
        kept = "".join(f"{each}_temp_path {place}/{each};\n" for each in _TEMPORARY)
        (place / "nginx.conf").write_text(
            f"daemon off; master_process off; pid {place}/pid; error_log {place}/error.log; events {{}} http {{\n{kept}"
            f"access_log off; types {{ text/html html; }}\n{everywhere}\n"
            f"server {{ listen 127.0.0.1:{port}; root {place}/www;\n{site}\n}} }}"
        )
        command = [str(NGINX), "-p", str(place), "-c", str(place / "nginx.conf"), "-e", f"{place}/error.log"]
        with _running(command, port) as ask:
            yield ask


@contextmanager
def apache(site: str, **pages: str) -> Iterator[Ask]:
    """Apache with these lines in its only site, and the modules the sample names."""
    with _folder(pages) as (place, port):
        loaded = "".join(f"LoadModule {each}_module {_MODULES}/mod_{each}.so\n" for each in _WANTED)
        (place / "httpd.conf").write_text(
            f"{loaded}ServerRoot {place}\nServerName localhost\nPidFile {place}/pid\nErrorLog {place}/error.log\n"
            f"Mutex default:{place}\nDefaultRuntimeDir {place}\nTypesConfig /dev/null\nAddType text/html .html\n"
            f"Listen 127.0.0.1:{port}\nDocumentRoot {place}/www\n{site}\n"
        )
        with _running([str(APACHE), "-DFOREGROUND", "-f", str(place / "httpd.conf")], port) as ask:
            yield ask


@contextmanager
def _folder(pages: dict[str, str]) -> Iterator[tuple[Path, int]]:
    with tempfile.TemporaryDirectory(prefix="depeche-") as folder:
        place = Path(folder)
        place.chmod(0o755)
        (place / "www").mkdir()
        for name, body in pages.items():
            written = f'<!doctype html><meta charset="utf-8"><title>P</title>{body}<p>end'
            (place / "www" / f"{name}.html").write_text(written, encoding="utf-8")
        yield place, free_port()


@contextmanager
def _running(command: list[str], port: int) -> Iterator[Ask]:
    def ask(name: str, **headers: str) -> str:
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        said = {"Accept-Encoding": "gzip, br", "User-Agent": "Mozilla/5.0 Firefox/140.0"}
        connection.request("GET", f"/{name}.html", headers=said | {k.replace("_", "-"): v for k, v in headers.items()})
        body = connection.getresponse().read().decode()
        connection.close()
        return body

    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        _wait(process, port)
        yield ask
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _wait(process: subprocess.Popen, port: int) -> None:
    until(lambda: process.poll() is not None or answers("127.0.0.1", port), "the partner's server")
    assert process.poll() is None, "the partner's server did not come"
