"""A hub of another project (Flask-WebSub) as a process: ``python flask_websub_hub.py FOLDER``; prints its address.

Flask-WebSub hands its work to Celery; here a thread does each task at once, so that no broker has to run.
"""

import sys
import threading
from pathlib import Path

from flask import Flask
from flask_websub.hub import Hub, SQLite3HubStorage
from werkzeug.serving import make_server


class Task:
    def __init__(self, work, bound: bool) -> None:
        self._work = (lambda *said: work(self, *said)) if bound else work

    def delay(self, *said) -> None:
        threading.Thread(target=self._work, args=said, daemon=True).start()


class AtOnce:
    """What Flask-WebSub asks of Celery."""

    def task(self, bind: bool = False, **_options):
        return lambda work: Task(work, bind)


def main() -> None:
    app = Flask("hub")
    app.config["PUBLISH_SUPPORTED"] = True
    hub = Hub(SQLite3HubStorage(Path(sys.argv[1]) / "hub.db"), AtOnce())
    app.register_blueprint(hub.build_blueprint(url_prefix="/hub"))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    print(f"http://127.0.0.1:{server.server_port}/hub", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
