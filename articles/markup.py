"""Tags of a story as they are stored, and the two that mean more than how words look.

    <span data-quote="SLUG">words</span>          a quote mark: whose words these are
    <figure data-image="SLUG"></figure>           a picture: it stands here

A mark holds words of one paragraph, never another mark, and stands in no link, so that it can become one. A picture
stands between paragraphs, never inside anything. The slug names a record; what else a picture needs is said there.
"""

import html
import re
import unicodedata
from dataclasses import dataclass, field

#: As long as the slug of a record may be.
LONGEST_SLUG = 120
SLUG = re.compile(rf"[-\w]{{1,{LONGEST_SLUG}}}")
MARK_BEGINS, PICTURE_BEGINS = ('<span data-quote="', '<figure data-image="')
#: In stored markup these can be nothing else: in a text `<` is `&lt;`, and in an attribute `"` is `&quot;`.
MARK = re.compile(rf'{MARK_BEGINS}({SLUG.pattern})">(.*?)</span>', re.DOTALL)
PICTURE = re.compile(rf'{PICTURE_BEGINS}({SLUG.pattern})"></figure>')
# A tag as the sanitiser writes it: attributes in double quotes, every other `<` of the text as `&lt;`.
WRITTEN_TAG = re.compile('<[^<>"]*(?:"[^"]*"[^<>"]*)*>')
NAME = re.compile("</?([a-z0-9]+)")
NEVER_CLOSED = frozenset({"br", "hr"})
WITHIN_A_PARAGRAPH = frozenset({"a", "br", "em", "strong", "sub", "sup"})


def words_of(markup: str) -> str:
    """The text of cleaned HTML, without its tags."""
    return html.unescape(WRITTEN_TAG.sub("", markup))


def slug_in(value: str) -> str | None:
    """The slug that a mark or a picture names, as its record has it; None if no record could be called so."""
    slug = unicodedata.normalize("NFC", value.strip().lower())
    return slug if SLUG.fullmatch(slug) else None


@dataclass
class Open:
    """A tag that stands open while markup is read, and the names of those found inside it."""

    tag: re.Match
    name: str
    holds: set[str] = field(default_factory=set)


def keep_what_means_something(markup: str) -> str:
    """Markup as the sanitiser writes it, without a span that is no mark and a figure that is no picture.

    Their words stay. Of marks inside each other the innermost stays.
    """
    if "<span" not in markup and "<figure" not in markup:
        return markup
    around, dropped = [], []
    for tag in WRITTEN_TAG.finditer(markup):
        name = NAME.match(tag[0])[1]
        if not tag[0].startswith("</"):
            around.append(Open(tag, name))
            if name not in NEVER_CLOSED:
                continue
        closed = around.pop()
        found = closed.holds | {name}
        if name in {"span", "figure"} and not means_something(
            closed, around, markup[closed.tag.end() : tag.start()]
        ):
            dropped += [closed.tag.span(), tag.span()]
            found = closed.holds
        if around:
            around[-1].holds |= found
    return without(markup, dropped)


def means_something(closed: Open, around: list[Open], content: str) -> bool:
    if closed.name == "figure":
        return closed.tag[0].startswith(PICTURE_BEGINS) and not around and not content
    return (
        closed.tag[0].startswith(MARK_BEGINS)
        and closed.holds <= WITHIN_A_PARAGRAPH
        and all(outer.name != "a" for outer in around)
        and bool(words_of(content).strip())
    )


def without(markup: str, spans: list[tuple[int, int]]) -> str:
    kept, at = [], 0
    for start, end in sorted(spans):
        kept.append(markup[at:start])
        at = end
    return "".join([*kept, markup[at:]])


def without_marks(markup: str, *, but: set[str]) -> str:
    """Stored markup with these quote marks only; the words of the others stay."""
    return MARK.sub(lambda mark: mark[0] if mark[1] in but else mark[2], markup)


def without_pictures(markup: str, *, but: set[str]) -> str:
    """Stored markup with these pictures only."""
    return PICTURE.sub(lambda picture: picture[0] if picture[1] in but else "", markup)
