"""Who sits at the desk in these tests."""

import pytest

from tests.make import MANAGING_EDITOR, make_desk_user, make_user


@pytest.fixture
def editor(client):
    """Ana Ruiz, a managing editor, logged in."""
    user = make_desk_user(MANAGING_EDITOR, first_name="Ana", last_name="Ruiz")
    client.force_login(user)
    return user


@pytest.fixture
def other(client):
    """Ben Lee's browser, on the same story."""
    ben = type(client)()
    ben.force_login(make_desk_user(MANAGING_EDITOR, first_name="Ben", last_name="Lee"))
    return ben


@pytest.fixture
def chief(client):
    """Ida Wells, who may do everything, logged in."""
    user = make_user("chief", is_superuser=True, first_name="Ida", last_name="Wells")
    client.force_login(user)
    return user
