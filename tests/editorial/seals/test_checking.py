"""Whatever is done to history past the triggers is found, and nothing is said where nothing was done."""

import pytest
from django.db import connection
from django.test import override_settings

from articles.editorial.seals import check, write
from articles.models import AuditEntry, Seal
from tests.editorial.seals import tampering
from tests.editorial.seals.tampering import dice, past_the_triggers
from tests.make import make_article, make_audit_entry, make_status_change

pytestmark = pytest.mark.django_db

TAMPERINGS = 200


@pytest.fixture
def history():
    article = make_article("Talks fail")
    for number in range(1, 7):
        make_audit_entry(message=f"Change {number}.", object_name=f"Source {number}")
        make_status_change(article, note=f"Step {number}.")
    return check()


def findings(**noted):
    return check(**noted).told


def test_every_one_of_two_hundred_random_tamperings_is_found(history):
    random, missed = dice(35), []
    for number in range(TAMPERINGS):
        way = tampering.EVERY_WAY[number % len(tampering.EVERY_WAY)]
        with past_the_triggers():
            way(random)
            if check().is_whole:
                missed.append((number, way.__name__))
    assert missed == []
    assert check() == history
    assert history.is_whole


def test_two_tamperings_at_once_do_not_make_up_for_each_other(history):
    random = dice(36)
    for _ in range(20):
        with past_the_triggers():
            for way in random.sample(tampering.EVERY_WAY[:10], 2):
                way(random)
            assert not check().is_whole


def test_says_how_many_lines_there_are_and_what_stands_for_them(history):
    last = Seal.objects.get(number=12)
    assert (history.count, history.digest, history.told) == (12, last.digest, [])


def test_a_history_that_has_not_begun_is_whole():
    assert (check().count, check().told) == (0, [])


def test_what_was_edited_is_named_by_its_place_its_noun_and_its_moment(history):
    line = AuditEntry.objects.get(message="Change 3.")
    with past_the_triggers():
        tampering.edit(line, "by_name")
        [found] = findings()
    assert found.startswith(
        "Line 5 does not fit its seal; one of them was changed. It says now: change made on "
    )
    assert found.endswith(f": Ana Rui~ changed Source 3 (row {line.pk}).")


def test_what_was_deleted_is_named_by_its_place_and_what_stood_before(history):
    line = AuditEntry.objects.get(message="Change 3.")
    number = line.pk
    with past_the_triggers():
        line.delete()
        [found] = findings()
    assert found.startswith(
        f"Line 5 is gone: row {number} of articles.auditentry. It stood behind the status change on "
    )


def test_what_was_added_past_the_newsroom_is_named(history):
    with past_the_triggers():
        tampering.forge_a_line(dice(1))
        [found] = findings()
    assert found.startswith("Added past the newsroom, without a seal: the change made on ")


def test_lines_that_went_with_their_seals_are_counted(history):
    with past_the_triggers():
        Seal.objects.filter(number__in=[4, 5]).delete()
        assert findings()[0] == "Lines 4 to 5: nothing is there any more, not even a seal."
    with past_the_triggers():
        Seal.objects.filter(number=12).delete()
        assert findings()[0].startswith("Line 12: cut off at the end.")


def test_a_line_that_cannot_be_read_any_more_is_a_finding_and_hides_no_other(history):
    if connection.vendor != "sqlite":
        return  # no other database takes such a value
    spoilt, edited = AuditEntry.objects.filter(message__in=["Change 2.", "Change 4."]).order_by("pk")
    with past_the_triggers(), connection.cursor() as cursor:
        cursor.execute("UPDATE articles_auditentry SET key = 'no key' WHERE id = %s", [spoilt.pk])
        tampering.edit(edited, "message")
        found = findings()
    assert [text.partition(";")[0].partition(":")[0] for text in found] == [
        "Line 3 cannot be read",
        "Line 7 does not fit its seal",
    ]


def test_only_the_first_hundred_findings_are_told():
    write(*(AuditEntry(by_username="ana", by_name="Ana", action="changed", noun="x") for _ in range(120)))
    with past_the_triggers():
        AuditEntry.objects.filter(pk__gt=AuditEntry.objects.earliest("pk").pk).update(message="Forged.")
        checked = check()
    assert (len(checked.told), checked.wrong) == (100, 119)


class TestWhatWasNoted:
    def test_stays_true_however_much_is_added(self, history):
        make_audit_entry()
        assert findings(noted=(history.count, history.digest)) == []
        assert findings(noted=(0, "")) == []

    def test_tells_of_a_tail_that_was_cut_together_with_a_head_that_had_been_kept(self, history):
        head = Seal.objects.get(pk=Seal.HEAD)
        line = make_audit_entry()
        later = check()
        with past_the_triggers():
            Seal.objects.filter(number=13).delete()
            line.delete()
            Seal.objects.filter(pk=Seal.HEAD).update(line=head.line, digest=head.digest)
            assert findings() == []
            assert findings(noted=(later.count, later.digest)) == [
                "When it was noted, history had 13 lines; line 13 is not there any more."
            ]

    def test_tells_of_a_history_that_was_replaced_by_somebody_with_the_secret_key(self, history):
        noted = (history.count, "0" * 64)
        assert findings(noted=noted) == [
            "Line 12 or one before it is not what was noted: history was replaced, up to there at least."
        ]


class TestAnotherSecretKey:
    def test_is_told_apart_from_tampering(self, history):
        with override_settings(SECRET_KEY="another key"):
            [found] = findings()
        assert found.startswith("No seal fits the secret key in force.")

    def test_is_no_alarm_where_the_one_before_is_still_known(self, history, settings):
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "another key"
        make_audit_entry()
        assert findings() == []
        with past_the_triggers():
            tampering.edit(AuditEntry.objects.get(message="Change 3."), "message")
            assert len(findings()) == 1
