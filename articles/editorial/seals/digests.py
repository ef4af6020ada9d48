"""The arithmetic of seals. It never changes: every seal there is was made by it.

Who can write to the database still cannot make a digest: it takes the secret key, which is not in there.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping

from django.conf import settings
from django.db.models import Model
from django.utils.crypto import salted_hmac

SALT = "articles.seal"


def keys() -> list[str]:
    """The secret key in force, then those it replaced."""
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def columns_written(line: Model) -> dict:
    """Every column of a line by its name, as writing it has left it in the database."""
    return {
        field.attname: field.get_prep_value(getattr(line, field.attname))
        for field in line._meta.concrete_fields
    }


def columns_read(line: Model) -> dict:
    """The same of a line as the database gives it now. Nothing is cleaned, or what somebody added to it would be."""
    return {field.attname: getattr(line, field.attname) for field in line._meta.concrete_fields}


def fingerprint(columns: Mapping) -> str:
    """Two lines have the same only if every column is the same.

    What is empty is left out, so that a column added later breaks no seal.
    """
    filled = {name: value for name, value in columns.items() if value not in (None, "")}
    return hashlib.sha256(json.dumps(filled, sort_keys=True, default=as_text).encode()).hexdigest()


def as_text(value) -> str:
    """A moment to the last digit and in one zone; a key as its letters."""
    return value.astimezone(dt.UTC).isoformat() if isinstance(value, dt.datetime) else str(value)


def line_digest(head: str, number: int, noun: str, line: int, print_of_line: str, *, key=None) -> str:
    """Of a seal. `head` is the digest of the head it was put behind, which binds it to everything before."""
    return signed("line", head, number, noun, line, print_of_line, key=key)


def head_digest(count: int, last: str, *, key=None) -> str:
    """Of the head over so many seals, the last with that digest. Kept nowhere once the next seal is made: who cuts
    off the end of the chain cannot put an earlier head back."""
    return signed("head", count, last, key=key)


def every_head(count: int, lasts: set[str]) -> set[str]:
    """The digests a head may have, by each of the keys and over each of these seals."""
    return {head_digest(count, last, key=key) for key in keys() for last in lasts}


def every_line(heads: set[str], *line) -> Iterator[str]:
    """The digests the seal of a line may have, by each of the keys and behind each of these heads."""
    return (line_digest(head, *line, key=key) for key in keys() for head in heads)


def signed(*parts, key=None) -> str:
    return salted_hmac(SALT, json.dumps(parts), secret=key, algorithm="sha256").hexdigest()
