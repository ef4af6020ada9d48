"""How fast are the lists of the desk on a big archive, and how many queries do they ask?

    python -m tests.benchmarks.desk_lists [--stories 100000] [--data FOLDER] [--database-url postgres://…/empty]

Fills an empty newsroom (in a scratch folder, or in FOLDER to use it again later; or an empty database of your choice,
never DATABASE_URL) with an archive (see `archive`), opens every list of the desk as an editor and as a reporter: plain,
filtered, ordered, searched, on its last page and in the middle. Prints for each page how many queries it asks and how
many milliseconds it takes: the fastest of five times, without the network. With --explain also the slowest query of each
page that takes longer than 300 ms or asks more than 15 queries.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.outside import ROOT

FILL = """
from django.db import connection
from articles.models import Article
from tests.benchmarks.archive import fill
if not Article.objects.exists():
    fill({stories}, tell=print)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
"""
SHOW = "from tests.benchmarks.open_lists import show; show({times}, explain={explain})"


def manage(environment, *words):
    subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env=environment, check=True)


def run(folder, database_url, stories, times, *, explain) -> None:
    environment = {
        **os.environ,
        "DATA_DIR": str(folder),
        "DATABASE_URL": database_url,
        "PYTHONPATH": str(ROOT),
    }
    manage(environment, "migrate", "--verbosity=0")
    manage(environment, "collectstatic", "--no-input", "--verbosity=0")
    manage(environment, "shell", "--no-imports", "-c", FILL.format(stories=stories))
    manage(environment, "shell", "--no-imports", "-c", SHOW.format(times=times, explain=explain))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--stories", type=int, default=100_000)
    options.add_argument("--data", type=Path)
    options.add_argument("--database-url", default="")
    options.add_argument("--times", type=int, default=5)
    options.add_argument("--explain", action="store_true")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="desk-lists-") as scratch:
        run(given.data or scratch, given.database_url, given.stories, given.times, explain=given.explain)


if __name__ == "__main__":
    main()
