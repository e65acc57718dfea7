import subprocess
import sys

import pytest

SAID = """
import logging
from cli.serving.logs import configure
configure({kind!r})
logging.getLogger("depeche.worker").info("the newsroom's own")
logging.getLogger("apscheduler.scheduler").warning("skipped: a look is still going on")
logging.getLogger("apscheduler.executors.default").error("a job broke")
"""


@pytest.mark.parametrize("kind", ["text", "json"])
def test_a_tick_that_finds_the_last_one_at_work_is_no_news_but_a_broken_job_is(environ, kind):
    ran = subprocess.run([sys.executable, "-c", SAID.format(kind=kind)], capture_output=True, text=True, check=True)

    first, second = ran.stderr.splitlines()
    assert "the newsroom's own" in first
    assert "a job broke" in second
