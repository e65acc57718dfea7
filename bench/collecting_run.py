"""``python -m bench.collecting_run WHO FOLDER PORT FEEDS``: what ``bench.collecting_runs`` does, in its own process.

Next to nothing stands here, as in the ``depeche`` command: a reading process begins by importing its parent's main
module.
"""

from __future__ import annotations

import importlib
import sys

if __name__ == "__main__":
    importlib.import_module("bench.collecting_runs").main(sys.argv[1:])
