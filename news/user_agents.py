"""Which browser somebody uses, in two words: what a person needs to recognise where they are signed in.

A ``User-Agent`` says anything; only names from these lists come out.
"""

from __future__ import annotations

_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
_LONGEST_READ = 400


def agent_in_words(user_agent: str) -> str:
    """``user_agent`` as *Firefox, Linux*; one of the two, or nothing, when it says no more."""
    read = user_agent[:_LONGEST_READ]
    named = (next((name for mark, name in table if mark in read), "") for table in (_BROWSERS, _SYSTEMS))
    return ", ".join(name for name in named if name)
