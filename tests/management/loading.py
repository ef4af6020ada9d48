"""Objects as somebody writes them into a fixture, and a folder to load them from."""

import json
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path

from django.core.management import CommandError, call_command
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Quote, Section, Source, StatusChange, Tag


def tag(**fields):
    return {"model": "articles.tag", "fields": {"name": "harbor", "slug": "harbor", **fields}}


def source(**fields):
    return {"model": "articles.source", "fields": {"name": "Ada", "slug": "ada", **fields}}


def story(**fields):
    return {"model": "articles.article", "fields": {"headline": "Strike", "slug": "strike", **fields}}


def quote(**fields):
    return {
        "model": "articles.quote",
        "fields": {"article": ["strike"], "source": ["ada"], "slug": "ada-no", "text": "No.", **fields},
    }


class LoadData(TestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def write(self, name, content):
        path = self.folder / f"{name}.json"
        text = content if isinstance(content, str) else json.dumps(content)
        path.write_text(text, encoding="utf-8")
        return str(path)

    def load(self, *contents, **options):
        paths = [self.write(f"file{n}", content) for n, content in enumerate(contents, start=1)]
        call_command("loaddata", *paths, verbosity=0, **options)

    @contextmanager
    def assert_writes_nothing(self):
        with CaptureQueriesContext(connection) as queries:
            yield
        statements = [query["sql"] for query in queries]
        self.assertTrue(any(sql.startswith("SELECT") for sql in statements))
        self.assertEqual([sql for sql in statements if sql.startswith(("INSERT", "UPDATE", "DELETE"))], [])

    def refusal(self, *contents):
        """The message; checks on the way that the database is as it was."""
        models = [Article, Quote, Section, Source, StatusChange, Tag]
        before = [list(model.objects.order_by("pk").values()) for model in models]
        with self.assertRaises(CommandError) as refused:
            self.load(*contents)
        self.assertEqual([list(model.objects.order_by("pk").values()) for model in models], before)
        self.assertEqual(refused.exception.returncode, 1)
        message = str(refused.exception)
        self.assertIn("Nothing was loaded.", message)
        self.assertNotIn("\n", message)
        return message.replace(f"{self.folder}{os.sep}", "")
