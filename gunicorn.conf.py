"""How the site is served: two processes of 32 threads. One of them runs the jobs, whichever is elected.

No preload: a worker thread or a torch pool that was started before the fork hangs after it. No max_requests: recycling
a process would interrupt its job. Every setting can be overridden on gunicorn's command line.
"""

import os
import signal
from typing import Any

from app.config import Settings
from app.errors import BadSetting
from app.soundness import refuse_unsound

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "32"))
preload_app = False
max_requests = 0
timeout = 60
keepalive = 15  # seconds: whoever reads a page and goes on finds the connection open; it takes no thread meanwhile
graceful_timeout = 8  # less than the ten seconds that containers are given to stop
control_socket_disable = True


def on_starting(_server: Any) -> None:
    """Refuse a database that cannot be believed, once and before any process has it open."""
    try:
        refuse_unsound(Settings.from_env())
    except BadSetting as error:
        raise SystemExit(f"Playpress cannot start: {error}") from None


def post_worker_init(worker: Any) -> None:
    """Start what this process does beside answering, and have it let go as soon as the server is told to stop."""
    jobs = worker.wsgi.extensions["jobs"]
    jobs.dispatcher.start()
    worker.wsgi.extensions["statistics"].start()
    stop = signal.getsignal(signal.SIGTERM)

    def let_go(number: int, frame: Any) -> None:
        jobs.let_go()  # open event streams end, and the running job goes back in line
        if callable(stop):
            stop(number, frame)

    signal.signal(signal.SIGTERM, let_go)


def worker_exit(_server: Any, worker: Any) -> None:
    if app := getattr(worker, "wsgi", None):  # it has none when the site could not start
        app.extensions["statistics"].stop()
        app.extensions["jobs"].stop()
