"""What the one-liner costs a partner's page: bytes, requests, time until there is news, layout shift.

A real Chromium, slowed down to a cheap phone on a middling network, opens a page of another origin.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from app import create_app
from bench.figures import median, say
from desk.context import Desk

RUNS = 5
# Milliseconds there and back, bytes a second, and how many times slower than this machine.
LATENCY, BYTES, SLOWER = 150, 200_000, 4
_PAGE = """<!doctype html><html lang="fr"><meta charset="utf-8"><title>Partenaire</title>
<script type="module" src="{home}/embed.js"></script>
<style>{style}</style><h1>Partenaire</h1><depeche-news selection="all" limit="5"></depeche-news><p>Pied de page</p>"""
_RESERVED = "depeche-news{display:block;min-height:46rem}"
_SHIFT = """new PerformanceObserver((list) => {
  for (const each of list.getEntries()) window.shift = (window.shift || 0) + each.value;
}).observe({type: "layout-shift", buffered: true})"""
_VISIBLE = "document.querySelector('depeche-news').shadowRoot?.querySelector('li') && performance.now()"


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:
        """Say nothing."""


def measure(desk: Desk) -> None:
    """Print the figures; a line that says so where there is no Chromium."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        say("Embedding: no Chromium on this machine")
        return
    with _served(create_app(desk)) as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        say(f"Embedding: the one-liner, five items, {LATENCY} ms away at {BYTES // 1000} kB/s, a CPU {SLOWER} × slower")
        for name, style in (("nothing reserved", ""), ("its place reserved", _RESERVED)):
            with _served(_partner(_PAGE.format(home=home, style=style))) as partner:
                visits = [_visit(browser, partner, home) for _ in range(RUNS)]
            requests, sent = visits[0][:2]
            seen, shift = median([each[2] for each in visits]), max(each[3] for each in visits)
            say(f"  {name}: {requests} requests, {sent:,} bytes, news after {seen:.0f} ms, layout shift {shift:.3f}")
        browser.close()


def _visit(browser: Browser, partner: str, home: str) -> tuple[int, int, float, float]:
    """Requests to us, the bytes of their bodies as sent, milliseconds until there is news, layout shift."""
    page = browser.new_page(viewport={"width": 412, "height": 823})
    devtools = page.context.new_cdp_session(page)
    bodies: dict[str, int] = {}
    ours: set[str] = set()

    def asked(event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith(home):
            ours.add(event["requestId"])

    def came(event: dict[str, Any]) -> None:
        bodies[event["requestId"]] = bodies.get(event["requestId"], 0) + event["encodedDataLength"]

    devtools.on("Network.requestWillBeSent", asked)
    devtools.on("Network.dataReceived", came)
    devtools.send("Network.enable")
    slow = {"offline": False, "latency": LATENCY, "downloadThroughput": BYTES, "uploadThroughput": BYTES}
    devtools.send("Network.emulateNetworkConditions", slow)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(_SHIFT)
    page.goto(partner)
    seen = float(page.wait_for_function(_VISIBLE).json_value())
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    shift = float(page.evaluate("window.shift || 0"))
    page.close()
    return len(ours), sum(bodies.get(each, 0) for each in ours), seen, shift


@contextmanager
def _served(application: Callable[..., Any]) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _partner(page: str) -> Callable[..., list[bytes]]:
    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        return [page.encode() if environ["PATH_INFO"] == "/" else b""]

    return application
