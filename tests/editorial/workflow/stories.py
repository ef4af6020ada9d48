"""Stories that are ready to go out, in any state, at a moment the tests agree on."""

import datetime as dt

from tests.make import make_article, make_author

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
SOON, EARLIER = NOW + HOUR, NOW - HOUR
DATES = {"scheduled": SOON, "published": EARLIER, "withdrawn": EARLIER}

#: Where stories stand, those that time has moved among them: what is kept of each.
STATES = {
    "draft": {"status": "draft"},
    "in review": {"status": "review"},
    "scheduled": {"status": "scheduled", "published_at": SOON},
    "scheduled and due": {"status": "scheduled", "published_at": EARLIER},
    "under embargo": {"status": "published", "published_at": EARLIER, "embargo_until": SOON},
    "published": {"status": "published", "published_at": EARLIER},
    "published until later": {"status": "published", "published_at": EARLIER, "withdraw_at": SOON},
    "over": {"status": "published", "published_at": EARLIER - HOUR, "withdraw_at": EARLIER},
    "scheduled and over": {"status": "scheduled", "published_at": EARLIER - HOUR, "withdraw_at": EARLIER},
    "withdrawn": {"status": "withdrawn", "published_at": EARLIER},
    "binned": {"status": "binned"},
}


def make_ready(**values):
    return make_article(by=[make_author()], **values)
