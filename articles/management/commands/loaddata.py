"""`loaddata` with one clear message for a fixture that is wrong: which file, which object, which field, what to do.

Django's own command stops at most mistakes too, with a traceback that leaves out the object or the field. Two
objects with the same slug it loads without a word, and the second replaces the first. As there, it is all or nothing.
"""

from functools import partial
from pathlib import Path

from django.core import serializers
from django.core.management.commands import loaddata

from articles.management import mistakes
from articles.management.mistakes import Wrong, told
from articles.management.reading import read


class Later:
    """Something to settle when every file is loaded, and the place to name if that fails."""

    def __init__(self, place, settle):
        self.place, self.settle = place, settle

    def save_deferred_fields(self, using):
        with told(self.place):
            self.settle(using)


class Command(loaddata.Command):
    help = "Loads fixtures, all or nothing; a mistake is named by file, object and field."

    def loaddata(self, fixture_labels):
        self.places = {}
        with told("The fixtures"):
            super().loaddata(fixture_labels)

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
                    place = f"{place} ({model._meta.label_lower}{mistakes.key_of(model, entry['fields'])})"
                    with told(place, model):
                        self.loaded_object_count += self.load(place, model, entry)

    def load(self, place, model, entry):
        mistakes.look_over(model, entry["fields"], self.ignore)
        [found] = serializers.deserialize(
            "python", [entry], using=self.using, ignorenonexistent=self.ignore, handle_forward_references=True
        )
        for field, value in (found.deferred_fields or {}).items():
            if field.many_to_one and not field.null:
                says = mistakes.no_such(field, value)
                raise Wrong(field.name, f"{says} If a later file has it, load that file first.")
        self.refuse_a_second(place, found.object)
        saved = self.save_obj(found)
        if self.objs_with_deferred_fields and self.objs_with_deferred_fields[-1] is found:
            self.objs_with_deferred_fields[-1] = Later(place, partial(mistakes.settle, found))
        by_number = mistakes.references_by_number(model, entry["fields"])
        if saved and by_number:
            self.objs_with_deferred_fields.append(Later(place, partial(mistakes.look_up, by_number)))
        return saved

    def refuse_a_second(self, place, row):
        names = [name.split("__")[0] for name in getattr(row, "key_lookups", ())]
        key = tuple(getattr(row, row._meta.get_field(name).attname) for name in names if name != "pk")
        first = self.places.setdefault((row._meta.label, *key), place) if key else place
        if first != place:
            raise Wrong(
                " and ".join(names), f"the same as in {first}. Give one of the two another, or delete it."
            )
