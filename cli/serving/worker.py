"""``depeche worker``: the scheduler alone."""

from __future__ import annotations

import signal

from cli.commands import command as make
from cli.serving.web import until_option


@make("worker")
@until_option
def command(until_input_ends: bool) -> None:
    """Run the worker alone: sources to read, scheduled items."""
    from cli.opening import desk as open_desk
    from cli.serving.logs import configure
    from cli.serving.parent import when_input_ends
    from cli.serving.stopping import Stop
    from desk.operating.scheduler import run_worker

    desk = open_desk()
    configure(desk.settings.log_format)
    stop = Stop()
    stop.on_signals((signal.SIGTERM, signal.SIGINT))
    if until_input_ends:
        when_input_ends(stop.set)
    run_worker(desk, stop)
    desk.storage.close()
