import ast
import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from articles.editorial import audit
from articles.editorial.fixtures.loading import Load
from articles.editorial.seals import LINES, check, sealed_last, write
from articles.editorial.workflow import take_step
from articles.models import Article, AuditEntry, Quote, Seal, StatusChange
from tests.editorial.seals.tampering import past_the_triggers
from tests.editorial.seals.waiting import nothing_is_waited_for_after_the_head
from tests.make import (
    make_article,
    make_audit_entry,
    make_managing_editor,
    make_quote,
    make_source,
    make_status_change,
    make_user,
)
from tests.test_layout import CODE, tree

pytestmark = pytest.mark.django_db


def sealed():
    """Noun and row of each seal, in their order."""
    return list(Seal.objects.filter(pk__gt=0).order_by("pk").values_list("noun", "line"))


def name_of(line):
    return line._meta.label_lower, line.pk


def a_line(**values):
    return AuditEntry(
        **{"by_username": "ana", "by_name": "Ana", "action": "changed", "noun": "articles.tag", **values}
    )


def is_whole():
    return check().told == []


class TestALine:
    def test_is_sealed_where_it_is_written(self):
        lines = [make_audit_entry(), make_status_change(), make_audit_entry()]
        assert sealed() == [name_of(line) for line in lines]
        assert is_whole()

    def test_takes_two_more_queries(self):
        with CaptureQueriesContext(connection) as captured:
            make_audit_entry()
        assert len([query for query in captured if "articles_seal" in query["sql"]]) == 2
        assert len(captured) == 3

    def test_many_take_no_more_than_one(self):
        with CaptureQueriesContext(connection) as captured:
            write(*(a_line() for _ in range(20)))
        assert len(captured) == 3
        assert (len(sealed()), is_whole()) == (20, True)

    def test_is_sealed_as_the_database_keeps_it_and_not_as_it_was_typed(self):
        make_audit_entry(
            by_name="  Ana\t Ruiz ",
            message="a\r\nb\x07 e\u0301 \n",
            at=dt.datetime(2026, 3, 1, 5, 0, 0, 123456, tzinfo=dt.timezone(dt.timedelta(hours=3))),
        )
        write(a_line(by_name=" Ana  ", message="x \x07"), a_line(object_key="\u212b"))
        assert is_whole()

    def test_of_a_story_that_is_gone_is_sealed_as_well(self):
        article = make_article()
        change = make_status_change(article)
        article.delete()
        assert StatusChange.objects.get(pk=change.pk).article is None
        assert is_whole()

    def test_stays_sealed_when_the_account_is_deleted(self):
        ana = make_user("ana")
        audit.record(AuditEntry.Action.CHANGED, make_source(), by=ana)
        ana.delete()
        assert AuditEntry.objects.get().by_username == "ana"
        assert is_whole()

    def test_of_which_nothing_comes_leaves_no_seal(self):
        with pytest.raises(ValueError, match="taken back"), transaction.atomic():
            make_audit_entry()
            raise ValueError("taken back")
        assert sealed() == []
        with pytest.raises(ValidationError), transaction.atomic():
            make_audit_entry(at=dt.datetime(9999, 1, 1, tzinfo=dt.UTC))
        assert (sealed(), is_whole()) == ([], True)


class TestSealedLast:
    def test_seals_in_one_go_when_all_else_is_done(self):
        with CaptureQueriesContext(connection) as captured, sealed_last():
            first = make_audit_entry()
            source = make_source()
            second = make_audit_entry()
        touched = ["seal" if "articles_seal" in query["sql"] else "other" for query in captured]
        assert touched.count("seal") == 2
        assert touched[-3:-1] == ["seal", "seal"]  # then only the savepoint is released
        assert sealed() == [name_of(first), name_of(second)]
        assert source.pk and is_whole()

    def test_leaves_it_to_the_one_around_it(self):
        with sealed_last():
            with sealed_last():
                make_audit_entry()
            assert sealed() == []
        assert len(sealed()) == 1

    @pytest.mark.parametrize("inner", [sealed_last, transaction.atomic])
    def test_forgets_what_was_taken_back_inside(self, inner):
        with sealed_last():
            kept = make_audit_entry()
            with pytest.raises(ValueError, match="taken back"), inner():
                make_audit_entry()
                raise ValueError("taken back")
        assert sealed() == [name_of(kept)]
        assert is_whole()

    def test_that_fails_leaves_nothing_behind_for_the_next(self):
        with pytest.raises(ValueError, match="taken back"), sealed_last():
            make_audit_entry()
            raise ValueError("taken back")
        line = make_audit_entry()
        assert sealed() == [name_of(line)]

    def test_seals_more_than_go_into_one_statement(self, monkeypatch):
        monkeypatch.setattr("articles.editorial.seals.sealing.AT_ONCE", 3)
        with sealed_last():
            for _ in range(7):
                make_audit_entry()
        assert (len(sealed()), is_whole()) == (7, True)


class TestTampering:
    """The desk goes on, and no later seal covers up what was done."""

    def test_a_head_that_was_forged_shows_for_good(self):
        for _ in range(4):
            make_audit_entry()
        with past_the_triggers():
            AuditEntry.objects.filter(pk__in=[line for _, line in sealed()[2:]]).delete()
            Seal.objects.filter(number__gt=2).delete()
            Seal.objects.filter(pk=Seal.HEAD).update(line=2, digest=Seal.objects.get(number=2).digest)
            make_audit_entry()
            make_audit_entry()
            [found] = check().told
        assert found.startswith("Line 3 does not fit its seal")

    def test_a_head_that_is_gone_shows_for_good(self):
        make_audit_entry()
        with past_the_triggers():
            Seal.objects.filter(pk=Seal.HEAD).delete()
            make_audit_entry()
            make_audit_entry()
            assert sealed()[1:] == [name_of(line) for line in AuditEntry.objects.order_by("pk")[1:]]
            [found] = check().told
        assert found.startswith("Line 2 does not fit its seal")

    def test_a_history_that_was_wiped_does_not_begin_anew(self):
        make_audit_entry()
        with past_the_triggers():
            AuditEntry.objects.all().delete()
            Seal.objects.all().delete()
            make_audit_entry()
            assert not check().is_whole


class TestTheHeadIsLockedLast:
    def test_where_a_story_moves(self):
        article = make_article()
        with CaptureQueriesContext(connection) as captured:
            take_step(article, "submit", by=make_managing_editor())
        assert nothing_is_waited_for_after_the_head(captured)

    def test_where_a_story_is_deleted_for_good(self):
        article, ana = make_article(status=Article.Status.BINNED), make_managing_editor()
        make_quote(article)
        with CaptureQueriesContext(connection) as captured:
            take_step(article, "empty", by=ana)
        assert nothing_is_waited_for_after_the_head(captured)
        assert not Quote.objects.exists()
        assert (len(sealed()), is_whole()) == (2, True)

    def test_where_files_are_loaded(self, tmp_path):
        source = make_source(slug="ada")
        file = tmp_path / "sources.json"
        file.write_text('[{"model": "articles.source", "fields": {"slug": "ada", "name": "Ada Ferry"}}]')
        with CaptureQueriesContext(connection) as captured, Load(by="a test") as load:
            load.read(file)
            load.write()
        assert nothing_is_waited_for_after_the_head(captured)
        assert audit.history_of(source).count() == 1
        assert is_whole()


def test_those_who_write_at_once_are_sealed_one_after_another(transactional_db, at_desks):
    def some_lines():
        for _ in range(10):
            with sealed_last():
                make_audit_entry()
                make_audit_entry()

    def look():
        return check().told, len(sealed())

    *_, seen = at_desks(some_lines, some_lines, some_lines, some_lines), *at_desks(look)
    assert seen == ([], 80)


WRITES = {
    "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "save", "save_base", "acreate",
}  # fmt: skip


def test_there_is_no_other_way_to_write_a_line():
    """Neither by name nor by any model that happens to be handed in: whoever writes those has to seal lines too."""
    names = {model.__name__ for model in LINES}
    lines = []
    for path in CODE:
        if path.parts[1] == "migrations" or path.parts[:3] == ("articles", "editorial", "seals"):
            continue
        for node in ast.walk(tree(path)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in WRITES
            ):
                whose = {each.id for each in ast.walk(node.func.value) if isinstance(each, ast.Name)}
                if whose & names:
                    lines.append(f"{path}: {ast.unparse(node.func)}")
    assert lines == []
