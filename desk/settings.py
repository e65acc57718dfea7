"""Settings: the environment first, then ``depeche.toml``; nothing else in the program reads either."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from desk.provider import Provider, TrustedHeader, read_domains, read_header, read_provider
from desk.secret_key import kept_key
from desk.setting_values import base_url, database, hub, mail_from, matching, number, one_of, roles, secret, whole, zone
from net.allowed_networks import AllowedNetwork, parse_allowed
from net.mail_server import SmtpServer, parse_smtp_url
from news.errors import InvalidInput
from news.selections import LANGUAGES
from news.users import Role

CHECKOUT = Path(__file__).resolve().parent.parent
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
# RFC 9309 §2.2.1: a product token of letters, hyphens and underscores.
_TOKEN = re.compile(r"[A-Za-z_-]{1,60}")


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its ``name``, and its ``default`` as one would write it."""

    name: str
    default: str


SETTINGS = (
    Setting("DEPECHE_DATABASE", "var/depeche.db"),
    Setting("DEPECHE_BASE_URL", "http://127.0.0.1:8000"),
    Setting("DEPECHE_SECRET_KEY", ""),
    Setting("DEPECHE_TITLE", "Dépêche"),
    Setting("DEPECHE_ACCENT", "#b3321b"),
    Setting("DEPECHE_TIMEZONE", "Europe/Paris"),
    Setting("DEPECHE_LANGUAGE", "fr"),
    Setting("DEPECHE_CONTACT", ""),
    Setting("DEPECHE_WEBSUB_HUB", ""),
    Setting("DEPECHE_FETCH_INTERVAL_MIN", "900"),
    Setting("DEPECHE_FETCH_INTERVAL_MAX", "86400"),
    Setting("DEPECHE_FETCH_PAUSE", "1"),
    Setting("DEPECHE_ROBOTS_TOKEN", "Depeche"),
    Setting("DEPECHE_FIRST_FETCH", "200"),
    Setting("DEPECHE_ALLOWED_NETWORKS", ""),
    Setting("DEPECHE_PICTURE_MAX_BYTES", "10000000"),
    Setting("DEPECHE_STATISTICS_DAYS", "400"),
    Setting("DEPECHE_TRUSTED_PROXIES", "0"),
    Setting("DEPECHE_LOG_FORMAT", "text"),
    Setting("DEPECHE_TICK_SECONDS", "5"),
    Setting("DEPECHE_SMTP_URL", ""),
    Setting("DEPECHE_MAIL_FROM", ""),
    Setting("DEPECHE_SESSION_IDLE", "43200"),
    Setting("DEPECHE_SESSION_MAX", "2592000"),
    Setting("DEPECHE_LOG_RETENTION", "365"),
    Setting("DEPECHE_SECOND_FACTOR", ""),
    Setting("DEPECHE_OIDC_ISSUER", ""),
    Setting("DEPECHE_OIDC_CLIENT_ID", ""),
    Setting("DEPECHE_OIDC_CLIENT_SECRET", ""),
    Setting("DEPECHE_AUTH_HEADER", ""),
    Setting("DEPECHE_AUTH_FROM", "127.0.0.1,::1"),
    Setting("DEPECHE_AUTH_DOMAINS", ""),
)


@dataclass(frozen=True)
class Settings:
    """All settings, checked. ``base_url`` has no slash at its end; intervals, pauses and ticks are seconds; ``contact``
    is what the fetcher tells the sites it visits, or None; ``robots_name`` is what robots.txt calls us;
    ``first_fetch`` is how many items a new source brings at most;
    ``websub_hub`` is the URI of the hub to tell, or None; ``statistics_days`` is for how long counts are kept;
    ``trusted_proxies`` is how many stand in front of the web; ``smtp`` is where mail goes out, or None; ``mail_from``
    whom it is from, where that is said; ``session_idle`` and ``session_max`` are seconds, ``log_retention`` days;
    ``second_factor`` are the roles that need one; ``oidc`` and ``auth_header`` are how the
    institution's own accounts come in, or None; ``auth_domains`` whose people get an account when they do."""

    database: Path = field(default_factory=lambda: CHECKOUT / "var" / "depeche.db")
    base_url: str = "http://127.0.0.1:8000"
    title: str = "Dépêche"
    accent: str = "#b3321b"
    timezone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Paris"))
    language: str = "fr"
    contact: str | None = None
    websub_hub: str | None = None
    fetch_interval_min: int = 900
    fetch_interval_max: int = 86400
    fetch_pause: float = 1.0
    robots_name: str = "Depeche"
    first_fetch: int = 200
    allowed_networks: tuple[AllowedNetwork, ...] = ()
    picture_max_bytes: int = 10_000_000
    statistics_days: int = 400
    trusted_proxies: int = 0
    log_format: str = "text"
    tick_seconds: float = 5.0
    given_secret_key: str | None = None
    smtp: SmtpServer | None = None
    mail_from: str | None = None
    session_idle: int = 43200
    session_max: int = 2592000
    log_retention: int = 365
    second_factor: frozenset[Role] = frozenset()
    oidc: Provider | None = None
    auth_header: TrustedHeader | None = None
    auth_domains: frozenset[str] = frozenset()

    @property
    def var(self) -> Path:
        """The folder the newsroom keeps its files in: where the database is."""
        return self.database.parent

    @cached_property
    def secret_key(self) -> str:
        """The key sessions are signed with: the given one, or one made once and kept beside the database."""
        return self.given_secret_key or kept_key(self.var / "secret-key")


def load_settings(environ: Mapping[str, str] | None = None, folder: Path = CHECKOUT) -> Settings:
    """The settings of this process. Raises InvalidInput naming the first that is wrong.

    ``folder``: where ``depeche.toml`` is looked for. A relative database path starts at the current folder when it
    comes from the environment, at ``folder`` when it comes from the file.
    """
    given = {name: value for name, value in (os.environ if environ is None else environ).items() if value.strip()}
    chosen = _chosen(given, _file(folder / "depeche.toml"))
    at = Path.cwd() if "DEPECHE_DATABASE" in given else folder
    least = whole("DEPECHE_FETCH_INTERVAL_MIN", chosen, 1, 10**8)
    proxies = whole("DEPECHE_TRUSTED_PROXIES", chosen, 0, 10)
    return Settings(
        database=database(chosen["DEPECHE_DATABASE"], at),
        base_url=base_url(chosen["DEPECHE_BASE_URL"]),
        title=chosen["DEPECHE_TITLE"],
        accent=matching("DEPECHE_ACCENT", chosen, _COLOUR, "#b3321b"),
        timezone=zone(chosen["DEPECHE_TIMEZONE"]),
        language=one_of("DEPECHE_LANGUAGE", chosen, LANGUAGES),
        contact=chosen["DEPECHE_CONTACT"] or None,
        websub_hub=hub(chosen["DEPECHE_WEBSUB_HUB"]),
        fetch_interval_min=least,
        fetch_interval_max=whole("DEPECHE_FETCH_INTERVAL_MAX", chosen, least, 10**8),
        fetch_pause=number("DEPECHE_FETCH_PAUSE", chosen, 0, 3600),
        robots_name=matching("DEPECHE_ROBOTS_TOKEN", chosen, _TOKEN, "Depeche"),
        first_fetch=whole("DEPECHE_FIRST_FETCH", chosen, 1, 200),
        allowed_networks=parse_allowed(chosen["DEPECHE_ALLOWED_NETWORKS"]),
        picture_max_bytes=whole("DEPECHE_PICTURE_MAX_BYTES", chosen, 100_000, 100_000_000),
        statistics_days=whole("DEPECHE_STATISTICS_DAYS", chosen, 0, 3660),
        trusted_proxies=proxies,
        log_format=one_of("DEPECHE_LOG_FORMAT", chosen, ("text", "json")),
        tick_seconds=number("DEPECHE_TICK_SECONDS", chosen, 0.05, 3600),
        given_secret_key=secret(chosen["DEPECHE_SECRET_KEY"]),
        smtp=parse_smtp_url(chosen["DEPECHE_SMTP_URL"]) if chosen["DEPECHE_SMTP_URL"] else None,
        mail_from=mail_from(chosen["DEPECHE_MAIL_FROM"]),
        session_idle=whole("DEPECHE_SESSION_IDLE", chosen, 60, 10**8),
        session_max=whole("DEPECHE_SESSION_MAX", chosen, 60, 10**8),
        log_retention=whole("DEPECHE_LOG_RETENTION", chosen, 1, 36500),
        second_factor=roles("DEPECHE_SECOND_FACTOR", chosen),
        oidc=read_provider(chosen),
        auth_header=read_header(chosen, proxies),
        auth_domains=read_domains(chosen),
    )


def _chosen(given: Mapping[str, str], from_file: Mapping[str, str]) -> dict[str, str]:
    """Each setting as it is written: in the environment first, then in the file, else its default."""
    values = {setting.name: given.get(setting.name, from_file.get(setting.name, "")) for setting in SETTINGS}
    return {name: value.strip() or _default(name) for name, value in values.items()}


def _default(name: str) -> str:
    return next(setting.default for setting in SETTINGS if setting.name == name)


def _file(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidInput("settings.file", path=str(path), reason=str(error)) from error
    names = {setting.name for setting in SETTINGS}
    found = {}
    for key, value in read.items():
        name = key if key.startswith("DEPECHE_") else f"DEPECHE_{key.upper()}"
        if name not in names:
            raise InvalidInput("settings.unknown", path=str(path), name=key)
        if isinstance(value, dict):
            raise InvalidInput("settings.file", path=str(path), reason=f"[{key}]")
        found[name] = ",".join(map(str, value)) if isinstance(value, list) else str(value)
    return found
