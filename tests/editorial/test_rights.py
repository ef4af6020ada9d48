import pytest
from django.contrib.auth.models import Group, Permission

from articles.editorial.rights import Rights, change_in_words, password_in_words, rights_of
from tests.make import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana():
    return make_user("ana", first_name="Ana", last_name="Ruiz")


def rights(**values):
    lists = {name: frozenset(names) for name, names in values.items() if isinstance(names, list)}
    return Rights(**{**values, **lists})


def test_are_read_from_the_database():
    ana = make_user("ana", may=["publish_article"], is_superuser=True)
    ana.groups.add(Group.objects.create(name="Editor"))
    ana.is_superuser = False
    publish = Permission.objects.get(codename="publish_article").name
    assert rights_of(ana) == rights(
        roles=["Editor"], rights=[publish], opens_the_desk=True, may_do_everything=True
    )


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ({}, {}, ""),
        ({}, {"roles": ["Editor"]}, "Gave Ana Ruiz the role “Editor”."),
        ({"roles": ["Editor"]}, {}, "Took away from Ana Ruiz the role “Editor”."),
        (
            {"rights": ["b", "c", "a"]},
            {"rights": ["d"]},
            "Gave Ana Ruiz the right “d”. Took away from Ana Ruiz the rights “a”, “b” and “c”.",
        ),
        ({}, {"opens_the_desk": True}, "Let Ana Ruiz into the desk."),
        ({"opens_the_desk": True}, {}, "Shut Ana Ruiz out of the desk."),
        ({}, {"may_do_everything": True}, "Gave Ana Ruiz every right there is."),
        ({"may_do_everything": True}, {}, "Took away from Ana Ruiz the right to do everything."),
        ({}, {"is_open": False}, "Closed the account of Ana Ruiz."),
        ({"is_open": False}, {}, "Opened the account of Ana Ruiz."),
    ],
)
def test_a_change_is_told_in_words(ana, before, after, words):
    assert change_in_words(ana, rights(**before), rights(**after)) == words


def test_a_role_is_named_as_one():
    role = Group.objects.create(name="Editor")
    assert change_in_words(role, Rights(), rights(rights=["a"])) == "Gave the role “Editor” the right “a”."


def test_a_password_is_changed_or_taken_away(ana):
    assert password_in_words(ana) == "Changed the password of Ana Ruiz."
    ana.set_unusable_password()
    assert password_in_words(ana) == "Took away the password of Ana Ruiz: nobody logs in with one."
