"""On a database with stories: only a pick of the story itself goes."""

import pytest

from tests.make import make_article
from tests.migrations.states import at


@pytest.mark.django_db(transaction=True)
def test_other_picks_stay():
    first, second = make_article(), make_article()
    with at("0004_audit_entries_name_their_object"):
        first.picks.add(first, second)
        second.picks.add(first)
    assert (list(first.picks.all()), list(second.picks.all())) == ([second], [first])
