"""Who sits at the desk in these tests."""

import pytest

from tests.make import MANAGING_EDITOR, make_desk_user


@pytest.fixture
def editor(client):
    """Ana Ruiz, a managing editor, logged in."""
    user = make_desk_user(MANAGING_EDITOR, first_name="Ana", last_name="Ruiz")
    client.force_login(user)
    return user
