"""What SQLite says when it cannot, as errors of ours."""

import sqlite3
from pathlib import Path

import pytest

from news.errors import StoreFull
from storage.sqlite.failures import failure

# Linux says of it that nothing is free.
FULL = Path("/proc/depeche.db")


def said(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("as SQLite words it")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize("code", [sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_WRITE])
def test_a_write_that_fails_is_a_full_disk_where_the_disk_is_full(code, tmp_path):
    assert isinstance(failure(said(code), FULL), StoreFull)
    elsewhere = failure(said(code), tmp_path / "depeche.db")
    assert not isinstance(elsewhere, StoreFull) and elsewhere.key == "store.disk_error"


def test_full_is_full_whatever_the_disk_says(tmp_path):
    assert failure(said(sqlite3.SQLITE_FULL), tmp_path / "depeche.db").key == "store.full"


@pytest.mark.parametrize("code", [sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISUSE, sqlite3.SQLITE_SCHEMA])
def test_a_mistake_of_ours_stays_one(code, tmp_path):
    error = said(code)
    assert failure(error, tmp_path / "depeche.db") is error
