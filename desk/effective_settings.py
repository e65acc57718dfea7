"""The settings in force, as they may be told: of secrets, whether they are there and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from desk.settings import Settings
from net.allowed_networks import AllowedNetwork


@dataclass(frozen=True, slots=True)
class Told:
    """A setting by its name. ``value``: as one would write it, or None where there is none; of what is ``secret``,
    whether it was given: ``yes`` or None."""

    name: str
    value: str | None
    secret: bool = False


def settings_in_force(settings: Settings) -> tuple[Told, ...]:
    """Every setting in force."""
    oidc, header, smtp = settings.oidc, settings.auth_header, settings.smtp
    plain: dict[str, object] = {
        "DEPECHE_DATABASE": settings.database, "DEPECHE_BASE_URL": settings.base_url, "DEPECHE_TITLE": settings.title,
        "DEPECHE_ACCENT": settings.accent, "DEPECHE_TIMEZONE": settings.timezone.key,
        "DEPECHE_LANGUAGE": settings.language, "DEPECHE_CONTACT": settings.contact,
        "DEPECHE_WEBSUB_HUB": settings.websub_hub, "DEPECHE_FETCH_INTERVAL_MIN": settings.fetch_interval_min,
        "DEPECHE_FETCH_INTERVAL_MAX": settings.fetch_interval_max, "DEPECHE_FETCH_PAUSE": f"{settings.fetch_pause:g}",
        "DEPECHE_ROBOTS_TOKEN": settings.robots_name, "DEPECHE_FIRST_FETCH": settings.first_fetch,
        "DEPECHE_ALLOWED_NETWORKS": _networks(settings.allowed_networks),
        "DEPECHE_PICTURE_MAX_BYTES": settings.picture_max_bytes, "DEPECHE_STATISTICS_DAYS": settings.statistics_days,
        "DEPECHE_TRUSTED_PROXIES": settings.trusted_proxies, "DEPECHE_LOG_FORMAT": settings.log_format,
        "DEPECHE_TICK_SECONDS": f"{settings.tick_seconds:g}", "DEPECHE_MAIL_FROM": settings.mail_from,
        "DEPECHE_SESSION_IDLE": settings.session_idle, "DEPECHE_SESSION_MAX": settings.session_max,
        "DEPECHE_LOG_RETENTION": settings.log_retention,
        "DEPECHE_SECOND_FACTOR": ",".join(sorted(settings.second_factor)) or None,
        "DEPECHE_OIDC_ISSUER": oidc and oidc.issuer, "DEPECHE_OIDC_CLIENT_ID": oidc and oidc.client_id,
        "DEPECHE_AUTH_HEADER": header and header.name, "DEPECHE_AUTH_FROM": header and _networks(header.from_),
        "DEPECHE_AUTH_DOMAINS": ",".join(sorted(settings.auth_domains)) or None,
    }  # fmt: skip
    secret = {
        "DEPECHE_SECRET_KEY": settings.given_secret_key, "DEPECHE_SMTP_URL": smtp,
        "DEPECHE_OIDC_CLIENT_SECRET": oidc and oidc.client_secret,
    }  # fmt: skip
    told = [Told(name, None if value is None else str(value)) for name, value in plain.items()]
    told += [Told(name, "yes" if value else None, secret=True) for name, value in secret.items()]
    return tuple(sorted(told, key=lambda each: each.name))


def _networks(networks: tuple[AllowedNetwork, ...]) -> str | None:
    return ",".join(_network(each) for each in networks) or None


def _network(allowed: AllowedNetwork) -> str:
    written = f"[{allowed.network}]" if allowed.network.version == 6 and allowed.port else str(allowed.network)
    return written + (f":{allowed.port}" if allowed.port else "")
