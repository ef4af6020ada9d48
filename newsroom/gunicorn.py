"""How gunicorn serves: `gunicorn -c python:newsroom.gunicorn`."""

import runpy
import signal
import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from newsroom import environment

wsgi_app = "newsroom.wsgi"
worker_class = "gthread"
timeout = 60
graceful_timeout = 30
# A worker is renewed now and then, not all at the same moment.
max_requests = 10_000
max_requests_jitter = 1_000
# The control socket would be made below the home folder, which may be read-only or shared.
control_socket_disable = True
try:
    # Read and dropped: a wrong variable ends the start here in one line, not later in every worker.
    runpy.run_path(str(Path(__file__).with_name("settings.py")))
    bind = environment.address("BIND", "127.0.0.1:8000")
    workers = environment.whole_number("WORKERS", default=2, least=1, most=64)
    threads = environment.whole_number("THREADS", default=4, least=1, most=64)
    accesslog = environment.text("ACCESS_LOG") or None
    forwarded_allow_ips = environment.networks("FORWARDED_ALLOW_IPS", "127.0.0.1,::1")
except ImproperlyConfigured as error:
    sys.exit(f"newsroom: {error}")


def on_starting(server):
    # gunicorn's quick way to end on Ctrl+C can lock up its threads; this is the way that waits for them.
    server.handle_int = server.handle_term


def post_fork(server, worker):
    # A terminal sends Ctrl+C to every process, and two orders at once lock a worker up: the master passes it on.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
