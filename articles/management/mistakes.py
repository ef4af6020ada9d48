"""What can be wrong with a fixture, said in the words of somebody who writes one by hand."""

import json
import re
from contextlib import contextmanager
from difflib import get_close_matches

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.management.base import CommandError
from django.db import DatabaseError
from django.db.models import NOT_PROVIDED, CharField, DateField, FileField, TextField, UUIDField

NOTHING_LOADED = "Nothing was loaded."
WRITTEN_AS_TEXT = (CharField, TextField, FileField, DateField, UUIDField)


class Wrong(Exception):  # noqa: N818 - read aloud, it is what happens
    """A mistake in one field; `told` adds the file and the object."""

    def __init__(self, field, says):
        super().__init__(says)
        self.field = field


@contextmanager
def told(place, model=None):
    """Turns whatever goes wrong inside into one message that begins with the place."""
    try:
        yield
    except CommandError:
        raise
    except Wrong as wrong:
        raise CommandError(f"{place}, field {wrong.field}: {wrong} {NOTHING_LOADED}") from wrong
    except DatabaseError as error:
        fields, says = refusal(model, str(error)) if model else ([], str(error))
        where = f", field {' and '.join(fields)}" if fields else ""
        raise CommandError(f"{place}{where}: {says} {NOTHING_LOADED}") from error
    except Exception as error:
        raise CommandError(f"{place}: {error} {NOTHING_LOADED}") from error


def refusal(model, text):
    """The fields a database's refusal is about, and what the newsroom says about it."""
    text = text.partition("Failing row")[0].strip()
    names = [
        field.name for field in model._meta.concrete_fields if re.search(rf'[".(]{field.column}\b', text)
    ]
    for constraint in model._meta.constraints:
        _, expressions, options = constraint.deconstruct()
        about = repr((expressions, options.get("fields"), options.get("condition")))
        fields = [f.name for f in model._meta.concrete_fields if re.search(rf"['(]{f.name}(__\w+)?\b", about)]
        same = set(options.get("fields", ())) == set(names) and "unique" in text.lower()
        if constraint.name in text or (names and same):
            return fields, constraint.get_violation_error_message()
    return names, text


def model_of(entry, ignore):
    if not isinstance(entry, dict) or not isinstance(entry.get("fields"), dict):
        raise Wrong("fields", 'an object looks like {"model": "articles.tag", "fields": { … }}.')
    known = {model._meta.label_lower: model for model in apps.get_models()}
    name = str(entry.get("model")).lower()
    if name not in known and not ignore:
        raise Wrong("model", f"there is no “{name}”.{did_you_mean(name, known)}")
    return known.get(name)


def look_over(model, fields, ignore):
    """Refuses fields and values the model does not have, before anything is looked up."""
    known = {field.name: field for field in (*model._meta.concrete_fields, *model._meta.many_to_many)}
    for name, value in fields.items():
        if name not in known and not ignore:
            raise Wrong(name, f"{model._meta.label_lower} has no such field.{did_you_mean(name, known)}")
        if name in known:
            refuse_odd_value(known[name], value)


def refuse_what_is_missing(model, fields, only=None):
    """A reference that a new row needs; one in the key is needed to find the old row, too."""
    for field in model._meta.concrete_fields:
        needed = field.many_to_one and not field.null and field.default is NOT_PROVIDED
        if needed and field.name not in fields and (only is None or field.name in only):
            raise Wrong(field.name, f"it is missing; {model._meta.label_lower} cannot do without.")


def refuse_odd_value(field, value):
    if field.many_to_many:
        refuse_odd_list(field, value)
    elif field.is_relation:
        refuse_odd_key(field, value)
    else:
        if isinstance(field, WRITTEN_AS_TEXT) and not isinstance(value, str | None):
            raise Wrong(field.name, f"it is text, written in quotation marks. It says {str(value)[:80]}.")
        if isinstance(field, FileField):  # its validators ask a file for its name
            value = field.attr_class(None, field, value)
        try:
            field.clean(value, None)
        except ValidationError as error:
            # What may be blank is a rule of forms; what may not be empty at all, a constraint says.
            if getattr(error, "code", None) != "blank":
                raise Wrong(field.name, f"{' '.join(error.messages)} It says {str(value)[:80]!r}.") from error


def refuse_odd_list(field, value):
    if not field.remote_field.through._meta.auto_created:
        own = field.remote_field.through._meta.label_lower
        raise Wrong(field.name, f"write each of them as an object of its own, {own}.")
    if not isinstance(value, list):
        raise Wrong(field.name, 'it is a list of references, for example [["one-slug"], ["another-slug"]].')
    for key in value:
        refuse_odd_key(field, key)


def refuse_odd_key(field, key):
    lookups = getattr(field.related_model, "key_lookups", None)
    if lookups and (isinstance(key, str) or (isinstance(key, list) and len(key) != len(lookups))):
        raise Wrong(field.name, f'{key!r} is no reference; a reference is a list, for example ["a-slug"].')


def references_by_number(model, fields):
    """The references a plain `dumpdata` makes, by primary key; whether they lead anywhere shows at the end."""
    by_number = []
    for field in model._meta.get_fields():
        if field.many_to_one and isinstance(fields.get(field.name), int):
            by_number.append((field, fields[field.name]))
    return by_number


def look_up(by_number, using):
    for field, number in by_number:
        if (
            field.db_constraint
            and not field.related_model._base_manager.using(using).filter(pk=number).exists()
        ):
            raise Wrong(field.name, no_such(field, number))


def settle(found, using):
    """Looks up the references that led ahead, now that everything is loaded."""
    for field, value in found.deferred_fields.items():
        for key in value if field.many_to_many else [value]:
            try:
                field.related_model._default_manager.db_manager(using).get_by_natural_key(*key)
            except ObjectDoesNotExist as error:
                raise Wrong(field.name, no_such(field, key)) from error
    found.save_deferred_fields(using=using)


def no_such(field, key):
    return f"there is no {field.related_model._meta.label_lower} {json.dumps(key, ensure_ascii=False)}."


def did_you_mean(name, known):
    close = get_close_matches(name, known, n=1)
    return f" Did you mean {close[0]}?" if close else ""
