"""A file that is no fixture is named, with the place where it stops making sense."""

import json
import time

from django.core.management import CommandError, call_command

from articles.management.reading import each_once
from tests.management.loading import LoadData, source, tag


class Reading(LoadData):
    def test_a_truncated_file(self):
        text = json.dumps([tag(), source()], indent=2)
        message = self.refusal([tag(slug="fine", name="fine")], text[: text.index("Ada") + 2])
        self.assertTrue(message.startswith("file2.json, object 2, line "), message)
        self.assertIn("The file may be cut off", message)

    def test_an_empty_file(self):
        self.assertIn("file1.json, line 1, column 1: not JSON", self.refusal(""))

    def test_a_field_that_stands_twice(self):
        text = '[{"model": "articles.tag", "fields": {"slug": "a", "name": "b", "slug": "c"}}]'
        self.assertIn("file1.json: field slug stands twice in the object", self.refusal(text))

    def test_something_that_is_no_list(self):
        self.assertIn("file1.json: a fixture is a list of objects", self.refusal({"model": "articles.tag"}))

    def test_bytes_that_are_no_text(self):
        path = self.folder / "latin.json"
        path.write_bytes('[{"model": "articles.tag", "fields": {"name": "café"}}]'.encode("latin-1"))
        with self.assertRaisesRegex(CommandError, r"latin\.json: not UTF-8 text"):
            call_command("loaddata", str(path), verbosity=0)

    def test_lists_too_deep_to_read(self):
        message = self.refusal("[" * 200_000)
        self.assertEqual(
            message, "file1.json: lists or objects lie too deep within each other. Nothing was loaded."
        )

    def test_a_number_too_long_to_read(self):
        text = '[{"model": "articles.section", "fields": {"slug": "port", "position": %s}}]' % ("9" * 5000)
        self.assertEqual(self.refusal(text), "file1.json: a number is too long. Nothing was loaded.")

    def test_an_object_with_very_many_fields_is_read_at_once(self):
        pairs = [(f"field {number}", number) for number in range(100_000)]
        started = time.perf_counter()
        self.assertEqual(len(each_once("file.json", pairs)), 100_000)
        self.assertLess(time.perf_counter() - started, 2)  # comparing each with each takes minutes
