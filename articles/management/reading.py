"""From a fixture's file to its objects, or one message that says where the file stops making sense."""

import json
from collections import Counter
from functools import partial

from django.core.management.base import CommandError

from articles.management.mistakes import NOTHING_LOADED


def read(path):
    """The objects of a file, or a message with the line where it stops making sense."""
    try:
        text = path.read_text(encoding="utf-8")
        entries = json.loads(text, object_pairs_hook=partial(each_once, path))
    except UnicodeDecodeError as error:
        raise CommandError(f"{path}: not UTF-8 text ({error}). Save it as UTF-8. {NOTHING_LOADED}") from error
    except json.JSONDecodeError as error:
        number = text.count('"model"', 0, error.pos)
        where = f"object {number}, line" if number else "line"
        raise CommandError(
            f"{path}, {where} {error.lineno}, column {error.colno}: not JSON ({error.msg}). "
            f"The file may be cut off, or a comma or quotation mark is wrong. {NOTHING_LOADED}"
        ) from error
    except RecursionError as error:
        raise CommandError(
            f"{path}: lists or objects lie too deep within each other. {NOTHING_LOADED}"
        ) from error
    except ValueError as error:  # JSON, but with a number that Python refuses to read
        raise CommandError(f"{path}: a number is too long. {NOTHING_LOADED}") from error
    if not isinstance(entries, list):
        raise CommandError(f"{path}: a fixture is a list of objects, [ … ]. {NOTHING_LOADED}")
    return entries


def each_once(path, pairs):
    for name, times in Counter(name for name, _ in pairs).items():
        if times > 1:
            raise CommandError(
                f"{path}: field {name} stands twice in the object {str(dict(pairs))[:120]}. {NOTHING_LOADED}"
            )
    return dict(pairs)
