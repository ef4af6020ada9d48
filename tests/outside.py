"""Runs the newsroom as an operator does: in a process of its own, with only the variables a test names."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = [
    "SITE_URL", "SITE_NAME", "TIME_ZONE", "SECRET_KEY", "SECRET_KEY_FALLBACKS", "DEBUG", "ALLOWED_HOSTS", "PROXIES", "DATA_DIR",
    "DATABASE_URL", "CACHE_URL",
]  # fmt: skip
SERVER = ["BIND", "WORKERS", "THREADS", "ACCESS_LOG", "FORWARDED_ALLOW_IPS"]
DEMO = ["DEMO_EDITOR_PASSWORD", "DEMO_REPORTER_PASSWORD"]
OF_THESE_TESTS = ["DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE"]


def environ(**variables):
    """This process's environment without whatever steers the newsroom, plus the variables given."""
    left_out = {*SETTINGS, *SERVER, *DEMO, *OF_THESE_TESTS}
    return {name: value for name, value in os.environ.items() if name not in left_out} | variables


def start(*command, **variables):
    """A command that goes on until it is stopped, in a group of its own as in a terminal."""
    return subprocess.Popen(
        [sys.executable, *command], cwd=ROOT, env=environ(**variables), text=True, start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def run(*command, **variables):
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environ(**variables),
        text=True,
        capture_output=True,
        timeout=120,
    )
