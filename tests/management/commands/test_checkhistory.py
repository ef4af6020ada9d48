import io
import re

import pytest
from django.core.management import CommandError, call_command

from articles.models import AuditEntry
from tests.editorial.seals.tampering import edit, past_the_triggers
from tests.make import make_audit_entry

pytestmark = pytest.mark.django_db


def checked(**options):
    out = io.StringIO()
    call_command("checkhistory", stdout=out, **options)
    return out.getvalue()


def refused(**options):
    """What is said before the command ends with an error, and the error."""
    out = io.StringIO()
    with pytest.raises(CommandError) as error:
        call_command("checkhistory", stdout=out, **options)
    return out.getvalue(), str(error.value)


def test_a_whole_history_is_counted_and_gives_what_to_note():
    make_audit_entry()
    make_audit_entry()
    said = checked()
    assert said.startswith("History has 2 lines, each as it was written.\nNote this")
    assert re.search(r"\n2:[0-9a-f]{64}\n$", said)


def test_a_history_that_has_not_begun_gives_nothing_to_note():
    assert checked() == "History has 0 lines, each as it was written.\n"


def test_what_was_noted_is_compared():
    make_audit_entry()
    noted = checked().split()[-1]
    make_audit_entry()
    assert checked(expect=noted).startswith("History has 2 lines")
    said, error = refused(expect=f"1:{'0' * 64}")
    assert (
        said == "Line 1 or one before it is not what was noted: history was replaced, up to there at least.\n"
    )
    assert error.startswith("History was tampered with.")


@pytest.mark.parametrize("noted", ["7", "7:abc", f"-1:{'0' * 64}", f"1:{'0' * 64} "])
def test_what_no_check_ever_printed_is_refused(noted):
    said, error = refused(expect=noted)
    assert (said, error.partition(" takes ")[0]) == ("", "--expect")


def test_each_finding_is_a_line_and_the_end_an_error():
    for _ in range(103):
        make_audit_entry()
    with past_the_triggers():
        for line in AuditEntry.objects.order_by("pk")[1:]:
            edit(line, "message")
        said, error = refused()
    lines = said.splitlines()
    assert len(lines) == 101
    assert lines[0].startswith("Line 2 does not fit its seal")
    assert lines[-1] == "And 2 more."
    assert error.startswith("History was tampered with.")


def test_the_machine_is_told_as_well():
    make_audit_entry()
    with past_the_triggers():
        edit(AuditEntry.objects.get(), "message")
        with pytest.raises(CommandError) as error:
            call_command("checkhistory", stdout=io.StringIO())
    assert error.value.returncode == 1
