"""Makes the rows of a story what a fragment says: to restore it, or to show it as if it were so."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction

from articles.editorial.addresses import free_slug, who_has
from articles.editorial.fixtures.nouns import fields_of
from articles.editorial.fixtures.room import aside
from articles.editorial.revisions.fragment import (
    NOT_OF_THE_FORM,
    PARTS,
    Fragment,
    entry_of,
    in_json,
    row_key,
    story_field,
)
from articles.models import Article, Byline, Quote

ORDERED = (Byline, Quote)


class CannotPutBack(Exception):  # noqa: N818 - read aloud, it is what happens
    """Something that the fragment needs is gone; the message says what, and what to do."""


class TakenBack(Exception):  # noqa: N818 - never leaves this file
    pass


@contextmanager
def as_if(article: Article, fragment: Fragment | None) -> Iterator[None]:
    """While inside, the database reads as if the story were so; afterwards nothing has happened.

    Without a fragment the story stays as it stands, and only what is done inside is undone.
    Whatever is done inside is undone as well: pages must be rendered before it is left.
    """
    try:
        with transaction.atomic():
            if fragment is not None:
                put(article, fragment, for_good=False)
            yield
            raise TakenBack
    except TakenBack:
        article.refresh_from_db()


def put(article: Article, fragment: Fragment, *, for_good: bool = True) -> None:
    """Makes the story and its rows what the fragment says; only rows that differ are written.

    Call it in a transaction, on the locked row. What may be empty and is gone since (a tag, a section, a pick) is
    left out; if a source, an author or a picture is gone that a row cannot do without, it raises CannotPutBack.
    An address that another story has by now stays as it is. Version, status and history are the caller's.
    """
    references = References(fragment)
    put_story(article, fragment, references)
    for model in PARTS:
        Part(article, model, fragment, references, for_good=for_good).put()


class References:
    """The rows that the keys of a fragment lead to: by their number at the time, else by the key itself."""

    def __init__(self, fragment: Fragment):
        self.fragment = fragment
        self.found: dict[tuple, int | None] = {}
        self.rows: dict[type, set[int]] = {}

    def find(self, model, key) -> int | None:
        if key is None:
            return None
        asked = (model, in_json(key))
        if asked not in self.found:
            self.found[asked] = self.look_up(model, key)
        return self.found[asked]

    def there(self, model) -> set[int]:
        """Which of the numbers that the fragment has for a model are still those of rows; asked once for all."""
        if model not in self.rows:
            numbers = self.fragment.numbers.get(model._meta.label_lower, {}).values()
            self.rows[model] = set(
                model._base_manager.filter(pk__in=set(numbers)).values_list("pk", flat=True)
            )
        return self.rows[model]

    def look_up(self, model, key) -> int | None:
        number = self.fragment.number_of(model._meta.label_lower, key)
        if number is not None and number in self.there(model):
            return number
        try:
            return model._default_manager.get_by_natural_key(*key).pk
        except (ObjectDoesNotExist, ValidationError, TypeError, ValueError):
            return None


def put_story(article: Article, fragment: Fragment, references: References) -> None:
    values = {}
    current = Article.objects.get(pk=article.pk)
    for field in fields_of(Article):
        if field.name in NOT_OF_THE_FORM or field.name not in fragment.story or field.many_to_many:
            continue
        value = fragment.story[field.name]
        if field.is_relation:
            values[field.attname] = references.find(field.related_model, value)
        elif field.name != "slug" or value == current.slug or not who_has(value, apart_from=article):
            values[field.attname] = field.to_python(value)
    changed = {name: value for name, value in values.items() if getattr(current, name) != value}
    for name, value in changed.items():
        setattr(article, name, value)
    if changed:
        article.save(update_fields=list(changed))
    picks = {references.find(Article, key) for key in fragment.story.get("picks", ())}
    article.picks.set(picks - {None, article.pk})


class Part:
    """The rows of one noun in a story."""

    def __init__(self, article, model, fragment, references, *, for_good):
        self.article, self.model, self.fragment = article, model, fragment
        self.references, self.for_good = references, for_good
        self.label = model._meta.label_lower
        self.owner = story_field(model)
        self.rows = model._default_manager.filter(**{self.owner: article})

    def put(self) -> None:
        wanted = self.fragment.rows[self.label]
        there, others = self.matched(wanted)
        if others:
            self.rows.filter(pk__in=others).delete()
        targets = {key: self.values(key, fields) for key, fields in wanted.items()}
        targets = {key: values for key, values in targets.items() if values is not None}
        moved = self.model in ORDERED and any(
            row.position != targets[key].get("position", row.position) for key, row in there.items()
        )
        if moved:
            self.rows.update(position=aside("position"))
        for key, values in targets.items():
            self.write(key, values, there.get(key), moved)

    def matched(self, wanted: dict) -> tuple[dict, list[int]]:
        """The rows that are there for the keys: by key, else by the number they had. And the numbers of all others."""
        every = {
            row_key(entry_of(row)): row for row in self.rows.select_related(*self.references_of_the_key())
        }
        found = {key: every.pop(key) for key in wanted if key in every}
        by_number = {row.pk: row for row in every.values()}
        for key in wanted:
            number = self.fragment.number_of(self.label, key)
            if key not in found and number in by_number:
                found[key] = by_number.pop(number)
        return found, list(by_number)

    def references_of_the_key(self):
        return [field.name for field in fields_of(self.model) if field.is_relation]

    def values(self, key, fields: dict) -> dict | None:
        """The values of the columns; None for a row that goes without saying, because its tag is gone."""
        values = {}
        for field in fields_of(self.model):
            if field.name == self.owner or field.name not in fields:
                continue
            value = fields[field.name]
            if not field.is_relation:
                values[field.attname] = field.to_python(value)
                continue
            values[field.attname] = self.lead(field, value)
            if values[field.attname] is None and not field.null:
                if self.label == "articles.taggedarticle":
                    return None
                noun, name = field.related_model._meta.verbose_name, " ".join(map(str, value))
                raise CannotPutBack(
                    f"The {noun} “{name}” is gone since, and a {self.model._meta.verbose_name} of this version needs "
                    f"it. Add the {noun} again under that name, then try once more."
                )
        return values

    def lead(self, field, key) -> int | None:
        number = self.references.find(field.related_model, key)
        if (
            number is not None
            and field.related_model is Quote
            and not Quote.objects.filter(pk=number, article=self.article).exists()
        ):
            return None  # a correction is about words of its own story
        return number

    def write(self, key, values: dict, row, moved: bool) -> None:
        if row is None:
            row = self.model(**{self.owner: self.article})
            number = self.fragment.number_of(self.label, key)
            if self.may_have(number):
                row.pk = number
            self.fill_in(row, values)
            row.save(force_insert=True)
        elif moved or any(getattr(row, name) != value for name, value in values.items()):
            self.fill_in(row, values)
            row.save(force_update=True)

    def may_have(self, number) -> bool:
        """A row keeps its number, so that a form that is open still finds it; drafts number their own below zero."""
        if number is None or (self.for_good and number < 0):
            return False
        return not self.model._base_manager.filter(pk=number).exists()

    def fill_in(self, row, values: dict) -> None:
        for name, value in values.items():
            setattr(row, name, value)
        if self.model is Quote:
            others = Quote.objects.exclude(pk=row.pk)
            if others.filter(slug=row.slug).exists():
                row.slug = free_slug(Quote, row.slug, apart_from=row)
