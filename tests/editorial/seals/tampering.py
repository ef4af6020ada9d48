"""What somebody could do to history who gets past the triggers, at random."""

import datetime as dt
import uuid
from contextlib import contextmanager
from random import Random

from django.db import connection, transaction

from articles.models import AuditEntry, Seal, StatusChange

TABLES = [AuditEntry._meta.db_table, StatusChange._meta.db_table, Seal._meta.db_table]
LINES = [AuditEntry, StatusChange]


def dice(seed):
    """The same each time the tests run."""
    return Random(seed)  # noqa: S311


@contextmanager
def past_the_triggers():
    """Afterwards nothing has happened."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            for table in TABLES:
                lift(cursor, table)
        yield
        transaction.set_rollback(True)


def lift(cursor, table):
    if connection.vendor == "sqlite":
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")
    else:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal", [table]
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name} ON {table}")


def seals():
    return Seal.objects.exclude(pk=Seal.HEAD)


def a_line(random):
    return random.choice(list(random.choice(LINES).objects.all()))


def a_seal(random):
    return random.choice(list(seals()))


def another(field, value):
    kind = field.get_internal_type()
    if kind == "UUIDField":
        return uuid.uuid4()
    if kind == "DateTimeField":
        return value + dt.timedelta(milliseconds=1)
    return value + 1_000_000 if isinstance(value, int) else f"{value[:-1]}~"


def edit(row, name):
    """One column, by a statement of one's own: what the newsroom's fields do to a text does not happen."""
    field = row._meta.get_field(name)
    value = field.get_db_prep_value(another(field, getattr(row, field.attname)), connection)
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE {row._meta.db_table} SET "{field.column}" = %s WHERE {row._meta.pk.column} = %s',  # noqa: S608
            [value, row.pk],
        )


def edit_a_line(random):
    row = a_line(random)
    edit(row, random.choice([field.name for field in row._meta.concrete_fields]))


def add_a_space(random):
    """What the newsroom would clean away is an edit as well."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE articles_auditentry SET message = message || ' ' WHERE id = %s",
            [random.choice(list(AuditEntry.objects.values_list("pk", flat=True)))],
        )


def edit_a_seal(random):
    edit(a_seal(random), random.choice(["number", "noun", "line", "digest"]))


def edit_the_head(random):
    edit(Seal.objects.get(pk=Seal.HEAD), random.choice(["line", "digest"]))


def delete_a_line(random):
    a_line(random).delete()


def delete_a_seal(random):
    a_seal(random).delete()


def delete_a_line_with_its_seal(random):
    row = a_line(random)
    Seal.objects.filter(noun=row._meta.label_lower, line=row.pk).delete()
    row.delete()


def close_the_gap(random):
    """A line and its seal taken out, those behind moved up, and the head told so."""
    delete_a_line_with_its_seal(random)
    for number, seal in enumerate(list(seals().order_by("number")), start=1):
        Seal.objects.filter(pk=seal.pk).update(number=number)
    Seal.objects.filter(pk=Seal.HEAD).update(line=seals().count())


def delete_the_head(random):
    Seal.objects.filter(pk=Seal.HEAD).delete()


def swap_two_lines(random):
    model = random.choice(LINES)
    one, other = random.sample(list(model.objects.values()), 2)
    for here, there in ((one, other), (other, one)):
        kept = {name: value for name, value in there.items() if name not in {"id", "key"}}
        model.objects.filter(pk=here["id"]).update(**kept)


def swap_two_seals(random):
    one, other = random.sample(list(seals()), 2)
    Seal.objects.filter(pk=one.pk).update(noun=other.noun, line=other.line, digest=other.digest)
    Seal.objects.filter(pk=other.pk).update(noun=one.noun, line=one.line, digest=one.digest)


def cut_the_tail(random):
    """The last lines, their seals, and a head that says the rest is all; with a digest of one's own choice."""
    last = random.randint(1, seals().count() - 1)
    for seal in seals().filter(number__gt=last):
        line = AuditEntry if seal.noun == AuditEntry._meta.label_lower else StatusChange
        line.objects.filter(pk=seal.line).delete()
        seal.delete()
    known = random.choice([Seal.objects.get(pk=Seal.HEAD).digest, seals().get(number=last).digest])
    Seal.objects.filter(pk=Seal.HEAD).update(line=last, digest=known)


def cut_the_tail_of_seals(random):
    seals().filter(number__gt=random.randint(1, seals().count() - 1)).delete()


def forge_a_line(random):
    values = random.choice(list(AuditEntry.objects.values()))
    AuditEntry(**{**values, "id": None, "key": uuid.uuid4(), "message": "Forged."}).save()


def forge_a_line_with_a_seal(random):
    forge_a_line(random)
    line, last = AuditEntry.objects.order_by("pk").last(), seals().count()
    Seal.objects.create(
        number=last + 1, noun=line._meta.label_lower, line=line.pk, digest=a_seal(random).digest
    )
    Seal.objects.filter(pk=Seal.HEAD).update(line=last + 1)


def wipe_everything(random):
    for model in (*LINES, Seal):
        model.objects.all().delete()


EVERY_WAY = [
    edit_a_line, edit_a_line, edit_a_line, edit_a_line, add_a_space, edit_a_seal, edit_a_seal, edit_the_head,
    delete_a_line, delete_a_seal, delete_a_line_with_its_seal, close_the_gap, delete_the_head, swap_two_lines,
    swap_two_seals, cut_the_tail, cut_the_tail_of_seals, forge_a_line, forge_a_line_with_a_seal, wipe_everything,
]  # fmt: skip
