"""Being told to stop by a signal."""

import subprocess
import sys
import threading

from cli.serving.stopping import Stop
from tests.patience import PATIENCE

RAIN = """
import signal
from cli.serving.stopping import Stop

heard, stop = 0, Stop()

def told(*_):
    global heard
    heard += 1
    stop.set()

signal.signal(signal.SIGALRM, told)
signal.setitimer(signal.ITIMER_REAL, 0.0001, 0.0001)
while heard < 5_000:
    stop = Stop()
    stop.wait(0.001)
signal.setitimer(signal.ITIMER_REAL, 0)
print(heard, stop.is_set())
"""


def test_signals_in_the_midst_of_waiting_hang_nothing():
    # Alone in a process: threading.Event hangs here, in whatever the signal interrupted.
    done = subprocess.run([sys.executable, "-c", RAIN], capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.split()[0]) >= 5_000


def test_everybody_who_waits_is_told():
    stop, told = Stop(), []
    waiting = [threading.Thread(target=lambda: told.append(stop.wait(PATIENCE))) for _ in range(3)]
    for each in waiting:
        each.start()
    stop.set()
    for each in waiting:
        each.join()

    assert told == [True, True, True]
    assert stop.is_set() and stop.wait() and stop.wait(-1)


def test_whoever_waits_in_vain_is_told_so():
    stop = Stop()
    assert not stop.wait(0.001) and not stop.wait(-1) and not stop.is_set()
