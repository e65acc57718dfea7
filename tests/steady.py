"""What makes the tests the same on every machine and in every run, slow machines and busy ones included.

Property tests try the same examples each time, however long one takes: a change is refused for what it breaks, and not
for what chance finds that day. ``--hypothesis-profile=search`` (with ``--hypothesis-seed``) looks for more.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

from desk.pictures import darkroom
from tests.patience import PATIENCE

_PROXIES = ("http_proxy", "https_proxy", "all_proxy")

# Now, and not when pytest is configured: the command line may choose another profile then.
settings.register_profile("search", deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None)
settings.register_profile("steady", settings.get_profile("search"), derandomize=True)
settings.load_profile("steady")


def start() -> None:
    """Once in each process of pytest: whatever a test talks to runs on this machine, and behind no proxy; and a slow
    machine may take its time over a picture."""
    darkroom.SECONDS = PATIENCE
    for name in (*_PROXIES, *(name.upper() for name in _PROXIES)):
        os.environ.pop(name, None)
