"""The editors' door: every noun in Django's admin, edited the way a desk works.

One module per noun; `desk` holds what all of them share, `site` the first page and the order of the menu,
`workflow_panel` the buttons that move a story, `entrance` who comes in.
"""

from articles.admin import (
    article,
    author,
    correction,
    entrance,
    history,
    image,
    people,
    quote,
    reply_request,
    section,
    source,
    statement,
    tag,
)

__all__ = [
    "article",
    "author",
    "correction",
    "entrance",
    "history",
    "image",
    "people",
    "quote",
    "reply_request",
    "section",
    "source",
    "statement",
    "tag",
]
