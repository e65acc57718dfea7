import stat
import threading
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.settings import SETTINGS, Settings, load_settings
from net.mail_server import SmtpServer
from news.errors import InvalidInput
from news.users import Role
from tests.patience import PATIENCE

GOOD = [
    ("DEPECHE_DATABASE", "/srv/x/depeche.db", "database", Path("/srv/x/depeche.db")),
    ("DEPECHE_BASE_URL", "https://news.example.org/", "base_url", "https://news.example.org"),
    ("DEPECHE_BASE_URL", "https://École.example:8443/", "base_url", "https://xn--cole-9oa.example:8443"),
    ("DEPECHE_BASE_URL", "HTTPS://News.Example.org:443", "base_url", "https://news.example.org"),
    ("DEPECHE_BASE_URL", "http://[::1]:80", "base_url", "http://[::1]"),
    ("DEPECHE_SECRET_KEY", "seize caractères", "secret_key", "seize caractères"),
    ("DEPECHE_TITLE", "École & Cie", "title", "École & Cie"),
    ("DEPECHE_ACCENT", "#00A1b2", "accent", "#00A1b2"),
    ("DEPECHE_TIMEZONE", "Pacific/Auckland", "timezone", ZoneInfo("Pacific/Auckland")),
    ("DEPECHE_LANGUAGE", "en", "language", "en"),
    ("DEPECHE_CONTACT", "web@example.org", "contact", "web@example.org"),
    ("DEPECHE_WEBSUB_HUB", "https://hub.école.fr/é?a=b", "websub_hub", "https://hub.xn--cole-9oa.fr/%C3%A9?a=b"),
    ("DEPECHE_FETCH_INTERVAL_MIN", "60", "fetch_interval_min", 60),
    ("DEPECHE_FETCH_INTERVAL_MAX", "3600", "fetch_interval_max", 3600),
    ("DEPECHE_PICTURE_MAX_BYTES", "2000000", "picture_max_bytes", 2_000_000),
    ("DEPECHE_FETCH_PAUSE", "2.5", "fetch_pause", 2.5),
    ("DEPECHE_ROBOTS_TOKEN", "Ecole-Exemple", "robots_name", "Ecole-Exemple"),
    ("DEPECHE_FIRST_FETCH", "50", "first_fetch", 50),
    ("DEPECHE_STATISTICS_DAYS", "90", "statistics_days", 90),
    ("DEPECHE_TRUSTED_PROXIES", "2", "trusted_proxies", 2),
    ("DEPECHE_LOG_FORMAT", "json", "log_format", "json"),
    ("DEPECHE_TICK_SECONDS", "0.5", "tick_seconds", 0.5),
    (
        "DEPECHE_SMTP_URL",
        "smtps://me:p%40ss@mail.example",
        "smtp",
        SmtpServer("smtps", "mail.example", 465, "me", "p@ss"),
    ),
    ("DEPECHE_MAIL_FROM", "news@example.org", "mail_from", "news@example.org"),
    ("DEPECHE_SESSION_IDLE", "3600", "session_idle", 3600),
    ("DEPECHE_SESSION_MAX", "86400", "session_max", 86400),
    ("DEPECHE_LOG_RETENTION", "30", "log_retention", 30),
    (
        "DEPECHE_AUTH_DOMAINS",
        "ecole.example, @lab.ecole.example",
        "auth_domains",
        frozenset({"ecole.example", "lab.ecole.example"}),
    ),
    ("DEPECHE_SECOND_FACTOR", "admin, editor", "second_factor", frozenset({Role.ADMIN, Role.EDITOR})),
]
BAD = [
    ("DEPECHE_DATABASE", "postgresql://x/y", "settings.database"),
    ("DEPECHE_DATABASE", "~nobody-of-that-name/x.db", "settings.database"),
    ("DEPECHE_BASE_URL", "news.example.org", "settings.base_url"),
    ("DEPECHE_BASE_URL", "https://news.example.org/sub", "settings.base_url"),
    ("DEPECHE_BASE_URL", "https://news.example.org/?x", "settings.base_url"),
    ("DEPECHE_SECRET_KEY", "court", "settings.secret_key"),
    ("DEPECHE_ACCENT", "red", "settings.form"),
    ("DEPECHE_ACCENT", "#fff;}", "settings.form"),
    ("DEPECHE_TIMEZONE", "Europe/Parys", "settings.timezone"),
    ("DEPECHE_TIMEZONE", "../../etc/passwd", "settings.timezone"),
    ("DEPECHE_TIMEZONE", "Europe", "settings.timezone"),
    ("DEPECHE_WEBSUB_HUB", "hub.example.org", "settings.hub"),
    ("DEPECHE_WEBSUB_HUB", "ftp://hub.example.org/", "settings.hub"),
    ("DEPECHE_WEBSUB_HUB", "https://me:secret@hub.example.org/", "settings.hub"),
    ("DEPECHE_WEBSUB_HUB", "https://hub.example.org/#here", "settings.hub"),
    ("DEPECHE_LANGUAGE", "de", "settings.choice"),
    ("DEPECHE_FETCH_INTERVAL_MIN", "0", "settings.number"),
    ("DEPECHE_FETCH_INTERVAL_MIN", "bientôt", "settings.number"),
    ("DEPECHE_FETCH_INTERVAL_MAX", "10", "settings.number"),
    ("DEPECHE_FETCH_INTERVAL_MAX", "inf", "settings.number"),
    ("DEPECHE_FIRST_FETCH", "201", "settings.number"),
    ("DEPECHE_ALLOWED_NETWORKS", "127.0.0.1/64", "settings.network"),
    ("DEPECHE_ALLOWED_NETWORKS", "localhost", "settings.network"),
    ("DEPECHE_FETCH_PAUSE", "-1", "settings.number"),
    ("DEPECHE_ROBOTS_TOKEN", "Dépêche 1", "settings.form"),
    ("DEPECHE_STATISTICS_DAYS", "-1", "settings.number"),
    ("DEPECHE_TRUSTED_PROXIES", "-1", "settings.number"),
    ("DEPECHE_TRUSTED_PROXIES", "1.5", "settings.number"),
    ("DEPECHE_LOG_FORMAT", "xml", "settings.choice"),
    ("DEPECHE_TICK_SECONDS", "nan", "settings.number"),
    ("DEPECHE_SMTP_URL", "mail.example", "settings.smtp"),
    ("DEPECHE_SMTP_URL", "smtp://me:secret@mail.example", "settings.smtp.clear"),
    ("DEPECHE_SMTP_URL", "smtps://me@mail.example", "settings.smtp"),
    ("DEPECHE_SMTP_URL", "smtps://mail.example:99999", "settings.smtp"),
    ("DEPECHE_MAIL_FROM", "news", "settings.mail_from"),
    ("DEPECHE_OIDC_ISSUER", "http://sso.ecole.example", "settings.oidc.issuer"),
    ("DEPECHE_OIDC_ISSUER", "https://sso.ecole.example", "settings.oidc.half"),
    ("DEPECHE_OIDC_CLIENT_ID", "depeche", "settings.oidc.issuer"),
    ("DEPECHE_AUTH_HEADER", "X-Remote-User", "settings.auth_header"),
    ("DEPECHE_AUTH_HEADER", "RemoteMail", "settings.auth_header.proxies"),
    ("DEPECHE_AUTH_FROM", "nowhere", "settings.network"),
    ("DEPECHE_AUTH_DOMAINS", "*", "settings.auth_domains"),
    ("DEPECHE_SECOND_FACTOR", "admin, king", "settings.choice"),
]


@pytest.mark.parametrize(("name", "value", "field", "expected"), GOOD)
def test_each_setting_is_read_from_the_environment(tmp_path: Path, name: str, value: str, field: str, expected):
    assert getattr(load_settings({name: value}, tmp_path), field) == expected


@pytest.mark.parametrize(("name", "value", "key"), BAD)
def test_a_wrong_setting_is_refused_and_named(tmp_path: Path, name: str, value: str, key: str):
    with pytest.raises(InvalidInput) as raised:
        load_settings({name: value}, tmp_path)
    assert raised.value.key == key


# What is set together, in tests of its own: tests/web/staff/people/test_single_sign_on.py.
ELSEWHERE = {
    "DEPECHE_OIDC_ISSUER", "DEPECHE_OIDC_CLIENT_ID", "DEPECHE_OIDC_CLIENT_SECRET", "DEPECHE_AUTH_HEADER",
    "DEPECHE_AUTH_FROM",
}  # fmt: skip


def test_every_setting_has_a_good_example_here():
    named = {name for name, *_ in GOOD} | {"DEPECHE_ALLOWED_NETWORKS"} | ELSEWHERE
    assert named == {setting.name for setting in SETTINGS}


def test_networks_may_name_a_port(tmp_path: Path):
    first, second = load_settings({"DEPECHE_ALLOWED_NETWORKS": "127.0.0.1:8101,10.2.0.0/16"}, tmp_path).allowed_networks
    assert (first.port, second.port, str(second.network)) == (8101, None, "10.2.0.0/16")


def test_nothing_set_gives_what_the_table_says(tmp_path: Path):
    settings = load_settings({}, tmp_path)
    assert settings == Settings(database=tmp_path / "var" / "depeche.db")
    written = {setting.name: setting.default for setting in SETTINGS if setting.default}
    assert load_settings(written | {"DEPECHE_DATABASE": str(settings.database)}, tmp_path) == settings


@pytest.mark.parametrize("nothing", ["", "  "])
def test_empty_means_unset(tmp_path: Path, nothing: str):
    given = dict.fromkeys((setting.name for setting in SETTINGS), nothing)
    assert load_settings(given, tmp_path) == load_settings({}, tmp_path)


def test_the_file_is_read_and_the_environment_wins(tmp_path: Path):
    (tmp_path / "depeche.toml").write_text(
        'title = "Du fichier"\nDEPECHE_LANGUAGE = "en"\ntick_seconds = 2\nfetch_interval_min = 30\n', encoding="utf-8"
    )
    settings = load_settings({"DEPECHE_TITLE": "D'ici", "DEPECHE_LANGUAGE": ""}, tmp_path)
    assert (settings.title, settings.language, settings.tick_seconds) == ("D'ici", "en", 2.0)
    assert settings.fetch_interval_min == 30


def test_networks_may_be_a_list_in_the_file(tmp_path: Path):
    (tmp_path / "depeche.toml").write_text('allowed_networks = ["127.0.0.1", "10.0.0.0/8"]\n', encoding="utf-8")
    assert len(load_settings({}, tmp_path).allowed_networks) == 2


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (b"title = ", "settings.file"),
        (b"\xff\xfe", "settings.file"),
        (b'titel = "x"', "settings.unknown"),
        (b'[title]\na = "x"', "settings.file"),
        (b'language = "de"', "settings.choice"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, text: bytes, key: str):
    (tmp_path / "depeche.toml").write_bytes(text)
    with pytest.raises(InvalidInput) as raised:
        load_settings({}, tmp_path)
    assert raised.value.key == key


def test_a_relative_database_starts_where_it_was_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "depeche.toml").write_text('database = "data/x.db"\n', encoding="utf-8")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert load_settings({}, tmp_path).database == tmp_path / "data" / "x.db"
    assert load_settings({"DEPECHE_DATABASE": "y.db"}, tmp_path).database == elsewhere / "y.db"


def test_a_key_is_made_once_and_kept_for_nobody_else_to_read(tmp_path: Path):
    settings = Settings(database=tmp_path / "var" / "depeche.db")
    key = settings.secret_key
    assert len(key) >= 32
    assert Settings(database=tmp_path / "var" / "depeche.db").secret_key == key
    kept = list((tmp_path / "var").iterdir())
    assert [stat.S_IMODE(path.stat().st_mode) for path in kept] == [0o600]


def test_processes_that_start_together_share_one_key(tmp_path: Path):
    for attempt in range(20):
        folder = tmp_path / str(attempt)
        folder.mkdir()
        together, keys = threading.Barrier(8), []

        def read(folder=folder, together=together, keys=keys) -> None:
            together.wait(PATIENCE)
            keys.append(Settings(database=folder / "depeche.db").secret_key)

        threads = [threading.Thread(target=read) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(keys) == 8
        assert len(set(keys)) == 1
        assert len(keys[0]) >= 32


def test_a_key_that_was_never_written_out_is_made_again(tmp_path: Path):
    (tmp_path / "secret-key").write_text("")
    settings = Settings(database=tmp_path / "depeche.db")
    assert len(settings.secret_key) >= 32
    assert Settings(database=tmp_path / "depeche.db").secret_key == settings.secret_key


@given(st.sampled_from([setting.name for setting in SETTINGS]), st.text(max_size=40))
def test_no_value_does_anything_but_be_taken_or_refused(name: str, value: str):
    try:
        load_settings({name: value}, Path("/nonexistent"))
    except InvalidInput as refused:
        assert refused.key.startswith("settings.")
