"""Who asks for feeds and blocks, as far as it is said: aggregators with their subscribers, bots, everybody else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

MOST_SUBSCRIBERS = 10_000_000
LONGEST_NAME = 60
_SUBSCRIBERS = re.compile(r"(?<![0-9.])([0-9]{1,9}) (?:subscriber|reader)s?\b", re.ASCII | re.IGNORECASE)
# Programs that look at pages for somebody else's purposes. Readers, and those who fetch for a site, are not among them.
_BOT = re.compile(
    r"bot\b|bot[/;_-]|crawl|spider|slurp|scan(?:ner|\b)|archiver|facebookexternalhit|preview|uptime|monitor|pingdom"
    r"|lighthouse|headless|validator|checker|externalagent|websub-hub",
    re.ASCII | re.IGNORECASE,
)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9 ._-]*", re.ASCII)
_COMPATIBLE = re.compile(r"compatible; *([^;)]+)", re.ASCII)
_SITE = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Agent:
    """What a ``User-Agent`` says. ``aggregator``: its name, or "" for everybody else; ``subscribers``: for how many
    people it says it reads."""

    bot: bool = False
    aggregator: str = ""
    subscribers: int = 0


def agent_of(said: str) -> Agent:
    """The agent that calls itself ``said``. Whoever reads for subscribers is no bot, whatever its name."""
    if found := _SUBSCRIBERS.search(said):
        return Agent(aggregator=_name(said[: found.start()]), subscribers=min(int(found[1]), MOST_SUBSCRIBERS))
    return Agent(bot=not said.strip() or bool(_BOT.search(said)))


def site_of(origin: str, referrer: str) -> str:
    """The host of the page that asked: from ``Origin``, else from ``Referer``; "" where neither names one. Never a
    path, a port, or what does not look like a host (RFC 6454 §7, RFC 9110 §10.1.3)."""
    for said in (origin, referrer):
        try:
            parts = urlsplit(said)
            host = (parts.hostname or "").rstrip(".").lower()
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and len(host) <= 253 and _SITE.fullmatch(host):
            return host
    return ""


def _name(said: str) -> str:
    """What an aggregator is called, without its version: ``Feedly``."""
    compatible = _COMPATIBLE.search(said)
    found = _NAME.match((compatible[1] if compatible else said).strip())
    return found[0].strip(" ._-")[:LONGEST_NAME] if found else "?"
