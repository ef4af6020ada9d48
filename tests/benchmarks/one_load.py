"""One load, in a process of its own, into the database of the environment.

    python -m tests.benchmarks.one_load stock|loadnews PATH…

`loading` starts it and reads the line it prints: what the load took, and what the database holds then.
"""

import hashlib
import io
import json
import re
import resource
import sys
import time
from pathlib import Path

import django
from django.apps import apps
from django.core.management import call_command
from django.core.management.commands import loaddata

#: Also what loading counts or notes itself: a second load must leave that alone as well.
EVERY_NOUN = [
    "section", "author", "source", "tag", "article", "byline", "taggedarticle", "quote", "edition",
    "statuschange", "auditentry",
]  # fmt: skip


def peak() -> float:
    """Megabytes. Linux counts into `ru_maxrss` what the process held that started this one, so it is asked for
    its other figure."""
    status = Path("/proc/self/status")
    found = status.exists() and re.search(r"VmHWM:\s+(\d+) kB", status.read_text())
    if found:
        return int(found[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1024**2 if sys.platform == "darwin" else 1024
    )


def load(command, paths) -> dict:
    began, worked = time.perf_counter(), time.process_time()
    call_command(command, *paths, verbosity=0, stdout=io.StringIO())
    return {
        "seconds": time.perf_counter() - began,
        "busy": time.process_time() - worked,
        "peak": peak(),
    }


def columns_of(model):
    """All columns, but instead of numbers, which differ from database to database, the keys of the rows they mean."""
    for field in model._meta.concrete_fields:
        if not field.is_relation:
            yield from () if field.primary_key else (field.name,)
        else:
            lookups = getattr(field.related_model, "key_lookups", ["username"])
            yield from (f"{field.name}__{lookup}" for lookup in lookups)


def rows() -> dict:
    """By noun, how many rows there are, and a sum over all that is in them, in whatever order."""
    found = {}
    for model in (apps.get_model("articles", name) for name in EVERY_NOUN):
        number, total = 0, 0
        for row in model._base_manager.values_list(*columns_of(model)).iterator():
            number += 1
            total += int.from_bytes(hashlib.sha256(repr(row).encode()).digest())
        found[model._meta.label_lower] = [number, f"{total % 2**256:x}"]
    return found


if __name__ == "__main__":
    command, *paths = sys.argv[1:]
    django.setup()
    # Django's own, as it comes: by its name, the newsroom's is called.
    taken = load(loaddata.Command() if command == "stock" else command, paths)
    print(json.dumps({**taken, "rows": rows()}))  # noqa: T201
