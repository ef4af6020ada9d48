"""`loaddata` for a newsroom at work: what the desk has made is safe from a file, and a mistake is named.

Django's own command overwrites whatever row has the object's key or number, gives the fields that a file leaves
out their usual values, and loads the second of two objects with the same slug over the first. Here, loading
writes what differs and nothing else, and one message says which file, which object, which field, what to do.
As there, it is all or nothing.
"""

from functools import partial
from pathlib import Path

from django.core import serializers
from django.core.management.commands import loaddata
from django.db.models import F

from articles.editorial.edition import new_edition
from articles.management import keys, mistakes, overwriting
from articles.management.mistakes import Wrong, told
from articles.management.reading import read
from articles.models import Article, Edition


class Later:
    """Something to settle when every file is loaded, and the place to name if that fails."""

    def __init__(self, place, settle):
        self.place, self.settle = place, settle

    def save_deferred_fields(self, using):
        with told(self.place):
            self.settle(using)


class Command(loaddata.Command):
    help = "Loads fixtures, all or nothing; a mistake is named by file, object and field."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--take-status",
            action="store_true",
            help="let the file move stories that exist to the status it states, and note that in their history",
        )

    def handle(self, *fixture_labels, take_status=False, **options):
        self.take_status = take_status
        super().handle(*fixture_labels, **options)

    def loaddata(self, fixture_labels):
        self.places = {}
        self.saved_models = set()
        self.added_stories, self.touched_stories = set(), set()
        with told("The fixtures"):
            super().loaddata(fixture_labels)
            for story in self.touched_stories - self.added_stories:
                Article.objects.using(self.using).filter(pk=story).update(version=F("version") + 1)
            # A copy of a whole newsroom brings the edition that goes with it.
            if self.saved_models and Edition not in self.saved_models:
                new_edition()

    def load_label(self, fixture_label):
        paths = [Path(path) for path, _, _ in self.find_fixtures(fixture_label)]
        if any(self.parse_name(path.name)[1:] != ("json", None) for path in paths):
            super().load_label(fixture_label)
            return
        for path in paths:
            self.fixture_count += 1
            for number, entry in enumerate(read(path), start=1):
                self.fixture_object_count += 1
                place = f"{path}, object {number}"
                with told(place):
                    model = mistakes.model_of(entry, self.ignore)
                if model:
                    key = keys.key_as_written(model, entry["fields"])
                    place = f"{place} ({model._meta.label_lower}{key})"
                    with told(place, model):
                        self.loaded_object_count += self.load(place, model, entry)

    def load(self, place, model, entry):
        mistakes.look_over(model, entry["fields"], self.ignore)
        mistakes.refuse_what_is_missing(model, entry["fields"], only=keys.key_names(model))
        [found] = serializers.deserialize(
            "python", [entry], using=self.using, ignorenonexistent=self.ignore, handle_forward_references=True
        )
        for field, value in (found.deferred_fields or {}).items():
            if field.many_to_one and not field.null:
                says = mistakes.no_such(field, value)
                raise Wrong(field.name, f"{says} If a later file has it, load that file first.")
        self.refuse_a_second(place, found.object)
        saved = self.save_obj(found, stated=entry["fields"])
        if self.objs_with_deferred_fields and self.objs_with_deferred_fields[-1] is found:
            self.objs_with_deferred_fields[-1] = Later(place, partial(mistakes.settle, found))
        by_number = mistakes.references_by_number(model, entry["fields"])
        if saved and by_number:
            self.objs_with_deferred_fields.append(Later(place, partial(mistakes.look_up, by_number)))
        return saved

    def refuse_a_second(self, place, row):
        key = keys.key_of(row)
        first = self.places.setdefault((row._meta.label, *key), place) if key else place
        if first != place:
            raise Wrong(
                " and ".join(keys.key_names(type(row))),
                f"the same as in {first}. Give one of the two another, or delete it.",
            )

    def save_obj(self, found, stated=None):
        """Saves an object that changes something, and remembers which stories that concerns.

        Formats other than JSON do not tell which fields a file leaves out: there, every field is stated.
        """
        row, model = found.object, type(found.object)
        if model in self.excluded_models or model._meta.app_config in self.excluded_apps:
            return False
        stored = overwriting.stored_row(row, self.using)
        keys.refuse_a_stranger(row, stored, self.using)
        if stated is None:
            stated = {field.name for field in model._meta.concrete_fields}
        changed = overwriting.changes(found, stored, stated) if stored else ()
        moves = model is Article and "status" in changed
        if moves and not self.take_status:
            overwriting.refuse_to_move(row, stored)
        if not stored:
            mistakes.refuse_what_is_missing(model, stated)
        if (stored and not changed) or not super().save_obj(found):
            return False
        if moves:
            overwriting.note_the_move(row, stored, self.using)
        if model is Article and not stored:
            self.added_stories.add(row.pk)
        self.touched_stories |= overwriting.stories_of(stored) | overwriting.stories_of(row)
        self.saved_models.add(model)
        return True
