"""What an object of a fixture is named by, and what happens if it gives a number as well."""

import json

from articles.management.mistakes import Wrong


def key_names(model):
    """The fields that name a row outside its database; none where only the primary key does."""
    if hasattr(model, "key_lookups"):
        return [name.split("__")[0] for name in model.key_lookups if name != "pk"]
    return {"auth.group": ["name"], "auth.user": ["username"]}.get(model._meta.label_lower, [])


def key_of(row):
    return tuple(getattr(row, row._meta.get_field(name).attname) for name in key_names(type(row)))


def key_as_written(model, fields):
    return "".join(
        f" {json.dumps(fields[name], ensure_ascii=False)}" for name in key_names(model) if name in fields
    )


def refuse_a_stranger(row, stored, using):
    """A primary key means a row of one database. In another it belongs to somebody else."""
    model, key = type(row), key_of(row)
    if not key or row.pk is None:
        return
    leave_it_out = (
        f"Leave “pk” out: {model._meta.label_lower} is found by its {' and '.join(key_names(model))}."
    )
    if stored and key_of(stored) != key:
        raise Wrong("pk", f"{row.pk} is “{stored}” in this database. {leave_it_out}")
    same = {} if stored else dict(zip(key_names(model), key, strict=True))
    other = same and model._base_manager.using(using).filter(**same).first()
    if other:
        raise Wrong("pk", f"“{other}” is {other.pk} in this database, not {row.pk}. {leave_it_out}")
