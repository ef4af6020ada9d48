"""The one choke point for text: field types that clean whatever is stored.

Cleaning happens in `get_prep_value`, which every way into the database passes: `save()`, `bulk_create()`,
`update()`, forms, and `loaddata`, which skips `save()` and `clean()`. Nothing changes HTML after
`clean_html` has seen it.
"""

import datetime as dt
import html
import re
import unicodedata
from contextlib import contextmanager
from functools import lru_cache

import nh3
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import lookups
from django.urls import reverse_lazy
from django_prose_editor.fields import ProseEditorField

from articles.markup import PICTURE, keep_what_means_something, slug_in, words_of
from articles.tangles import is_tangled

# Not allowed in XML 1.0 (https://www.w3.org/TR/xml/#charsets), so one of them would break every feed:
# C0 and C1 controls but tab and newline, lone surrogates, and the non-characters of Unicode.
EVERY_UNFIT = frozenset(
    chr(number)
    for first, last in [
        (0x00, 0x08), (0x0B, 0x1F), (0x7F, 0x84), (0x86, 0x9F), (0xD800, 0xDFFF), (0xFDD0, 0xFDEF),
        *((plane + 0xFFFE, plane + 0xFFFF) for plane in range(0, 0x110000, 0x10000)),
    ]
    for number in range(first, last + 1)
)  # fmt: skip
UNFIT = re.compile(f"[{''.join(sorted(EVERY_UNFIT))}]")
# No script puts more marks on one letter (https://unicode.org/reports/tr15/#Stream_Safe_Text_Format), and the
# time to bring a run of them in order grows with its square. Also what is no mark itself but made of marks.
MOST_MARKS = 30
MARKS = "".join(
    letter
    for letter in map(chr, range(0x20000))
    if unicodedata.combining(unicodedata.normalize("NFD", letter)[0])
)
TOO_MANY_MARKS = re.compile(f"([{MARKS}]{{{MOST_MARKS}}})[{MARKS}]+")
EVERY_MARK = frozenset(MARKS)

ALLOWED_TAGS = {
    "p",
    "br",
    "h2",
    "h3",
    "strong",
    "em",
    "a",
    "ul",
    "ol",
    "li",
    "blockquote",
    "hr",
    "sub",
    "sup",
    # Only as a quote mark and as a picture, see articles/markup.py.
    "span",
    "figure",
}
NAMES_A_RECORD = {("span", "data-quote"), ("figure", "data-image")}
ALLOWED_ADDRESSES = re.compile(r"(https?://|mailto:|/(?![/\\])|#)", re.IGNORECASE)
IGNORED_IN_ADDRESSES = re.compile("[\t\n\r]")
ROUNDS = 8
#: A book has about as many. The time for cleaning grows with the length, and each save cleans.
LONGEST_RICH_TEXT = 1_000_000

#: What the body editor offers; the sanitiser above allows exactly this and line breaks. Those that the library does
#: not have, or has otherwise, are in static/articles/body/.
EDITOR_EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Subscript": True,
    "Superscript": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HorizontalRule": True,
    "Link": {"enableTarget": False, "defaultProtocol": "https"},
    "HardBreak": True,
    "History": True,
    "QuoteMark": True,
    "Picture": {"cards": reverse_lazy("admin:articles_image_cards")},
    "Paste": True,
    "Toolbar": True,
    # Buttons throughout: the library's own menu of headings cannot be reached by keyboard. What only a newsroom
    # needs comes first, in sight on a phone as well.
    "Menu": {
        "groups": [
            {"group": group}
            for group in [
                "quotes", "blockType -lists", "marks", "link", "lists", "nodes -blockType -lists", "pictures", "history",
            ]
        ]
    },
}  # fmt: skip


def holds_any_of(letters: frozenset[str], value: str) -> bool:
    """To look at each letter once is many times as fast as to try a long list of them at each place."""
    return not letters.isdisjoint(set(value))


def drop_unfit(value: str) -> str:
    if value.isprintable():  # as nearly every line is; nothing unfit can be printed, nor can a newline
        return value
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    return UNFIT.sub("", value) if holds_any_of(EVERY_UNFIT, value) else value


def compose(value: str) -> str:
    """NFC, with no more marks on a letter than a script needs. Cut twice: some marks come apart into two."""
    return value if value.isascii() else cut_marks(unicodedata.normalize("NFC", cut_marks(value)))


def cut_marks(value: str) -> str:
    return TOO_MANY_MARKS.sub(r"\1", value) if holds_any_of(EVERY_MARK, value) else value


def clean_text(value: str) -> str:
    """NFC, newlines as `\\n`, without characters that XML forbids."""
    return compose(drop_unfit(value))


def clean_line(value: str) -> str:
    """`clean_text` on a single line: runs of white space become one space, none at the ends."""
    return " ".join(clean_text(value).split())


def clean_markup(value: str) -> str:
    """`clean_text` for HTML. Normalised piece by piece: the `>` of a tag and a combining stroke that starts
    the text behind it would become one character (`≯`), and the tag would be gone."""
    value = drop_unfit(value)
    if not holds_any_of(EVERY_MARK, value):
        return unicodedata.normalize("NFC", value)
    return ">".join(compose(piece) for piece in value.split(">"))


def keep_attribute(tag: str, attribute: str, value: str) -> str | None:
    """Links go to http, https, mailto or within the site; `//host` would leave it unnoticed.

    Judged and kept as a browser reads an address: without tabs and newlines anywhere, without space around.
    A quote mark and a picture name their record by its slug.
    """
    if (tag, attribute) in NAMES_A_RECORD:
        return slug_in(value)
    address = IGNORED_IN_ADDRESSES.sub("", value).strip()
    return address if ALLOWED_ADDRESSES.match(address) else None


CLEANER = nh3.Cleaner(
    tags=ALLOWED_TAGS,
    attributes={
        "a": {"href"},
        "span": {"data-quote"},
        "figure": {"data-image"},
        "*": set(),  # unless told, it keeps `title` and `lang` everywhere
    },
    url_schemes={"http", "https", "mailto"},
    link_rel=None,  # links open in place; there is no opener to protect
    attribute_filter=keep_attribute,
)


@lru_cache(maxsize=4)  # a save cleans the same text in the form, for the instance and for the database
def clean_html(value: str) -> str:
    """Rich text reduced to what a story may hold. Idempotent; empty markup becomes an empty string.

    The sanitiser turns character references into characters, so its result is read again until nothing
    changes: what is stored has passed it unaltered. Raises ValidationError for what would take too long.
    """
    refuse_endless(value)
    text = clean_markup(value).strip()
    for _ in range(ROUNDS):
        refuse_tangled(text)
        cleaned = keep_what_means_something(clean_markup(CLEANER.clean(text))).strip()
        if cleaned == text:
            break
        text = cleaned
    else:
        text = html.escape(words_of(text), quote=False).replace("\xa0", "&nbsp;").strip()
    refuse_endless(text)
    return text if words_of(text).strip() or "<hr>" in text or PICTURE.search(text) else ""


def refuse_endless(value: str) -> None:
    if len(value) > LONGEST_RICH_TEXT:
        raise ValidationError(
            f"The text has {len(value):,} characters, formatting included; "
            f"at most {LONGEST_RICH_TEXT:,} can be kept. Split the story."
        )


def refuse_tangled(markup: str) -> None:
    if is_tangled(markup):
        raise ValidationError(
            "The formatting of the text cannot be read: too many tags stand inside each other, or one is broken. "
            "Paste the text without formatting."
        )


class CleanedField:
    """Mix-in for text fields: stores what `clean_value` returns, and shows the instance the same.

    Django's text fields hand every value to `to_python` in their `get_prep_value`, so there it is cleaned.
    """

    @staticmethod
    def clean_value(value):
        raise TypeError("a cleaned field says how it cleans")

    def pre_save(self, model_instance, add):
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = self.clean_value(value)
            setattr(model_instance, self.attname, value)
        return value

    def to_python(self, value):
        value = super().to_python(value)
        return self.clean_value(value) if isinstance(value, str) else value


class LineField(CleanedField, models.CharField):
    """One line of plain text."""

    clean_value = staticmethod(clean_line)


@LineField.register_lookup
class IExact(lookups.IExact):
    """Finds what is stored also when it is asked for with more space or other code points for the same letters."""

    def get_prep_lookup(self):
        value = super().get_prep_lookup()
        return clean_line(value) if isinstance(value, str) else value


class PlainTextField(CleanedField, models.TextField):
    """Plain text over as many lines as needed."""

    @staticmethod
    def clean_value(value):
        return clean_text(value).strip()


class RichTextField(CleanedField, ProseEditorField):
    """The body of a story: edited as it will look, stored as sanitised HTML."""

    clean_value = staticmethod(clean_html)

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("extensions", EDITOR_EXTENSIONS)
        kwargs["sanitize"] = clean_html
        super().__init__(*args, **kwargs)

    def get_prep_value(self, value):
        with self.named():
            return super().get_prep_value(value)

    def pre_save(self, model_instance, add):
        with self.named():
            return super().pre_save(model_instance, add)

    @contextmanager
    def named(self):
        """A refusal on the way into the database says which field of which noun it is about."""
        try:
            yield
        except ValidationError as error:
            raise ValidationError(
                f"{self.model._meta.verbose_name}, {self.verbose_name}: {error.message}"
            ) from error


class CheckedField(CleanedField):
    """Mix-in that also refuses to store what `check_value` does not accept. A search for it finds nothing."""

    refusal = ""

    @staticmethod
    def check_value(value):
        raise TypeError("a checked field says what it accepts")

    def get_db_prep_save(self, value, connection):
        if isinstance(value, str) and (cleaned := self.clean_value(value)):
            try:
                self.check_value(cleaned)
            except ValidationError as error:
                raise ValidationError(
                    f"{self.model._meta.verbose_name}, {self.verbose_name}: {cleaned[:80]!r} {self.refusal}"
                ) from error
        return super().get_db_prep_save(value, connection)


class WebAddressField(CheckedField, models.URLField):
    """A link to the outside: http or https, or nothing. Anything else is refused, whichever way it comes."""

    clean_value = staticmethod(clean_line)
    check_value = URLValidator(schemes=["http", "https"])
    default_validators = [check_value]
    refusal = "is not a web address; it must start with https:// or http:// and name a host."

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 500)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        return super().formfield(**{"assume_scheme": "https", **kwargs})


#: No clock on earth is more hours from UTC.
FARTHEST_ZONE = dt.timedelta(hours=14)


def between_years(first, last):
    """A validator for days and moments.

    A moment is within reach if it is in these years anywhere on earth: what was typed on the last evening is read
    back, and stands in fixtures, in another time zone, where it may be the next morning.
    """

    def check(value):
        years = {value.year}
        if isinstance(value, dt.datetime) and value.year in (first - 1, last + 1):
            moment = value.astimezone(dt.UTC)
            years |= {(moment - FARTHEST_ZONE).year, (moment + FARTHEST_ZONE).year}
        if not any(first <= year <= last for year in years):
            raise ValidationError(
                f"This is in the year {value.year}; it must lie between {first} and {last}. Check the year."
            )

    return check


check_moment = between_years(1900, 2200)


class CheckedInTime:
    """Mix-in for days and moments that also refuses to store a year no newsroom writes about.

    A slip of the keyboard gives 9999, and its last evening is the year 10000 in another time zone: a database
    keeps that, and every page that reads it fails.
    """

    def get_db_prep_save(self, value, connection):
        if value is not None and not hasattr(value, "as_sql"):
            try:
                self.run_validators(self.to_python(value))
            except ValidationError as error:
                raise ValidationError(
                    f"{self.model._meta.verbose_name}, {self.verbose_name}: {' '.join(error.messages)}"
                ) from error
        return super().get_db_prep_save(value, connection)


class DayField(CheckedInTime, models.DateField):
    """A day. Words that are centuries old are quoted too."""

    default_validators = [between_years(1000, 2200)]


class MomentField(CheckedInTime, models.DateTimeField):
    """A moment to the millisecond, which is what a fixture can hold: what was dumped is what was stored."""

    default_validators = [check_moment]

    def to_python(self, value):
        value = super().to_python(value)
        return value and value.replace(microsecond=value.microsecond // 1000 * 1000)

    def pre_save(self, model_instance, add):
        value = self.to_python(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value
