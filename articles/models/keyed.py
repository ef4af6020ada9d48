"""Natural keys: how a row is named outside its database."""

from uuid import UUID

from django.core.validators import validate_unicode_slug
from django.db import models

from articles.fields import CheckedField, clean_line


class KeyedQuerySet(models.QuerySet):
    """Finds a row by the values of its natural key, in the order of the model's `key_lookups`."""

    def get_by_natural_key(self, *values):
        return self.get(**dict(zip(self.model.key_lookups, values, strict=True)))


class Keyed(models.Model):
    """A model with a natural key: the slug, unless it says otherwise.

    A model whose key leads through another row also overrides `natural_key` and names that row's model in
    `natural_key.dependencies`, so that `dumpdata` writes it first.
    """

    key_lookups = ("slug",)

    objects = KeyedQuerySet.as_manager()

    class Meta:
        abstract = True

    def natural_key(self):
        values = (getattr(self, name) for name in self.key_lookups)
        # As text, which every format can write: a key made once for good stands in references too.
        return tuple(str(value) if isinstance(value, UUID) else value for value in values)


class SlugField(CheckedField, models.SlugField):
    """The part of an address that names a row; letters of any script, digits, hyphens.

    Small letters only, so that an address typed in capitals leads to the row and never to a second one. What no
    address could hold is refused, whichever way it comes: the page of such a row would be an error.
    """

    check_value = validate_unicode_slug
    refusal = "cannot be part of an address; use letters, digits and hyphens."

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 120)
        kwargs.setdefault("unique", True)
        kwargs.setdefault("allow_unicode", True)
        super().__init__(*args, **kwargs)

    @staticmethod
    def clean_value(value):
        return clean_line(value.lower())


def not_empty(field: str, name: str, message: str) -> models.CheckConstraint:
    """The constraint that a text may not be empty."""
    return models.CheckConstraint(
        condition=~models.Q(**{field: ""}), name=name, violation_error_message=message
    )


def one_of(field: str, choices, name: str) -> models.CheckConstraint:
    """The constraint that a column holds one of its choices, also when nothing validates the form."""
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": list(choices.values)}), name=name)
