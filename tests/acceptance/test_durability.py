"""What was acknowledged is kept: through ``kill -9``, and on a disk that is full."""

import json
import os
import re
import resource
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.client import HTTPException
from pathlib import Path

import pytest

from desk.context import open_desk
from desk.items.listing import ItemFilter, list_items
from desk.settings import load_settings
from tests.patience import PATIENCE

EMAIL, PASSWORD = "redaction@example.org", "une phrase assez longue"
POSTS, PEOPLE = 200, 4


class Disk:
    """A folder on a disk that can be filled: a small file system where this process may mount one, else a limit on
    how large the server's files may grow."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        mounting = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)]
        self.mounted = os.geteuid() == 0 and subprocess.run(mounting, capture_output=True).returncode == 0

    def fill(self, pids: list[int]) -> None:
        if not self.mounted:
            self._limit(pids, 1024)
            return
        with (self.folder / "filler").open("wb", buffering=0) as filler:
            for size in (65536, 4096, 1):
                try:
                    while True:
                        filler.write(b"x" * size)
                except OSError:
                    continue

    def free(self, pids: list[int]) -> None:
        if self.mounted:
            (self.folder / "filler").unlink()
        else:
            self._limit(pids, resource.RLIM_INFINITY)

    def close(self) -> None:
        if self.mounted:
            subprocess.run(["umount", "--lazy", str(self.folder)], check=True)

    def _limit(self, pids: list[int], size: int) -> None:
        for pid in pids:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    folder = tmp_path / "disk"
    folder.mkdir()
    made = Disk(folder)
    yield made
    made.close()


@pytest.fixture
def people(depeche: Callable[..., str]) -> None:
    depeche("init")
    depeche("category", "add", "Doctorat")
    depeche("user", "add", EMAIL, "--role", "editor", "--password-stdin", given=PASSWORD + "\n")


def post_all(browser, titles: list[str], acknowledged: list[str], enough: threading.Event, at: int) -> None:
    """Post until the server is gone; what it acknowledged is written down at once."""
    for title in titles:
        try:
            status, _ = browser.post(
                "/staff/items/new", title=title, categories="doctorat", status="published", language="fr", body="Corps"
            )
        except (OSError, HTTPException):
            return
        assert status == 303
        acknowledged.append(title)
        if len(acknowledged) >= at:
            enough.set()


def test_kill_9_during_200_posts_loses_none_that_was_acknowledged(
    environ, depeche, depeche_json, people, start_serving
):
    acknowledged: list[str] = []
    serving = start_serving(environ)
    for kill_at in (60, 120, POSTS):
        left = [f"n{number}" for number in range(POSTS) if f"n{number}" not in acknowledged]
        enough = threading.Event()
        writers = [
            threading.Thread(
                target=post_all,
                args=(serving.sign_in(EMAIL, PASSWORD), left[place::PEOPLE], acknowledged, enough, kill_at),
            )
            for place in range(PEOPLE)
        ]
        for writer in writers:
            writer.start()
        assert enough.wait(PATIENCE)
        serving.kill()
        for writer in writers:
            writer.join()
        kept = {item["title"] for item in depeche_json("item", "list", "--limit", "1000")}
        assert set(acknowledged) <= kept
        desk = open_desk(load_settings(environ))
        assert desk.storage.problems() == ()
        assert desk.storage.settings() == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
        desk.storage.close()
        serving.start()
    assert len(acknowledged) >= POSTS
    status, feed = serving.sign_in(EMAIL, PASSWORD).get("/feeds/doctorat.json")
    assert status == 200
    assert len(json.loads(feed)["items"]) == 50


def test_a_full_disk_acknowledges_nothing_false_and_recovers_by_itself(environ, disk: Disk, start_serving, depeche_for):
    there = environ | {"DEPECHE_DATABASE": str(disk.folder / "depeche.db")}
    depeche = depeche_for(there)
    depeche("init")
    depeche("user", "add", EMAIL, "--role", "editor", "--password-stdin", given=PASSWORD + "\n")
    serving = start_serving(there)
    browser = serving.sign_in(EMAIL, PASSWORD)
    form = {"status": "published", "language": "fr"}
    assert browser.post("/staff/items/new", title="avant", **form)[0] == 303
    disk.fill(serving.pids())

    acknowledged, refused = ["avant"], []
    body = "Un paragraphe que personne ne veut taper deux fois. " * 400
    for number in range(12):
        status, page = browser.post("/staff/items/new", title=f"n{number}", body=body, **form)
        assert status in (303, 503)
        (acknowledged if status == 303 else refused).append(f"n{number}")
        if status == 503:
            assert re.search(rf">\s*n{number}<", page)
            assert "Un paragraphe que personne ne veut taper deux fois." in page, "what was typed is not lost"
            assert "Traceback" not in page
    assert refused, "the disk was full"
    assert browser.get("/feeds/all.json")[0] == 200, "reading goes on"

    disk.free(serving.pids())
    assert browser.post("/staff/items/new", title="après", **form)[0] == 303
    serving.kill()
    desk = open_desk(load_settings(there))
    assert sorted(item.title for item in list_items(desk, ItemFilter(limit=100))) == sorted([*acknowledged, "après"])
    assert desk.storage.problems() == ()
    desk.storage.close()
