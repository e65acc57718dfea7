"""Web addresses as people type them: without what a browser's address bar leaves out."""

from __future__ import annotations

import re

# A host with a name of letters at its end, a port or none, and what follows: no scheme, no name, no password.
_BARE = re.compile(r"(?:[\w-]{1,63}\.)+[a-z]{2,63}(?::\d{1,5})?(?:[/?#]\S*)?", re.IGNORECASE)
_LONGEST = 2000


def with_scheme(text: str) -> str:
    """``www.school.example/news`` as ``https://www.school.example/news``; anything else as it is."""
    given = text.strip()
    return f"https://{given}" if len(given) <= _LONGEST and _BARE.fullmatch(given) else text
