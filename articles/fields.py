"""The one choke point for text: field types that clean whatever is stored.

Cleaning happens in `get_prep_value`, which every way into the database passes: `save()`, `bulk_create()`,
`update()`, forms, and `loaddata`, which skips `save()` and `clean()`. Nothing changes HTML after
`clean_html` has seen it.
"""

import html
import re
import unicodedata

import nh3
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import lookups
from django_prose_editor.fields import ProseEditorField

# Not allowed in XML 1.0 (https://www.w3.org/TR/xml/#charsets), so one of them would break every feed:
# C0 and C1 controls but tab and newline, lone surrogates, and the non-characters of Unicode.
UNFIT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17))
    + "]"
)

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
}
ALLOWED_ADDRESSES = re.compile(r"(https?://|mailto:|/(?![/\\])|#)", re.IGNORECASE)
IGNORED_IN_ADDRESSES = re.compile("[\t\n\r]")
# A tag as the sanitiser writes it: attributes in double quotes, every other `<` of the text as `&lt;`.
WRITTEN_TAG = re.compile('<[^<>"]*(?:"[^"]*"[^<>"]*)*>')
ROUNDS = 8

#: What the body editor offers; the sanitiser above allows exactly this and line breaks.
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
    "Link": {"enableTarget": False},
    "HardBreak": True,
    "History": True,
}


def drop_unfit(value: str) -> str:
    return UNFIT.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))


def clean_text(value: str) -> str:
    """NFC, newlines as `\\n`, without characters that XML forbids."""
    return unicodedata.normalize("NFC", drop_unfit(value))


def clean_line(value: str) -> str:
    """`clean_text` on a single line: runs of white space become one space, none at the ends."""
    return " ".join(clean_text(value).split())


def clean_markup(value: str) -> str:
    """`clean_text` for HTML. Normalised piece by piece: the `>` of a tag and a combining stroke that starts
    the text behind it would become one character (`≯`), and the tag would be gone."""
    return ">".join(unicodedata.normalize("NFC", piece) for piece in drop_unfit(value).split(">"))


def keep_attribute(tag: str, attribute: str, value: str) -> str | None:
    """Links go to http, https, mailto or within the site; `//host` would leave it unnoticed.

    Judged and kept as a browser reads an address: without tabs and newlines anywhere, without space around.
    """
    address = IGNORED_IN_ADDRESSES.sub("", value).strip()
    return address if ALLOWED_ADDRESSES.match(address) else None


CLEANER = nh3.Cleaner(
    tags=ALLOWED_TAGS,
    attributes={"a": {"href"}, "*": set()},  # unless told, it keeps `title` and `lang` everywhere
    url_schemes={"http", "https", "mailto"},
    link_rel=None,  # links open in place; there is no opener to protect
    attribute_filter=keep_attribute,
)


def clean_html(value: str) -> str:
    """Rich text reduced to what a story may hold. Idempotent; empty markup becomes an empty string.

    The sanitiser turns character references into characters, so its result is read again until nothing
    changes: what is stored has passed it unaltered.
    """
    text = clean_markup(value).strip()
    for _ in range(ROUNDS):
        cleaned = clean_markup(CLEANER.clean(text)).strip()
        if cleaned == text:
            break
        text = cleaned
    else:
        text = html.escape(words_of(text), quote=False).replace("\xa0", "&nbsp;").strip()
    return text if words_of(text).strip() or "<hr>" in text else ""


def words_of(markup: str) -> str:
    """The text of cleaned HTML, without its tags."""
    return html.unescape(WRITTEN_TAG.sub("", markup))


class CleanedField:
    """Mix-in for text fields: stores what `clean_value` returns, and shows the instance the same."""

    @staticmethod
    def clean_value(value):
        raise TypeError("a cleaned field says how it cleans")

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return self.clean_value(value) if isinstance(value, str) else value

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


class MomentField(models.DateTimeField):
    """A moment to the millisecond, which is what a fixture can hold: what was dumped is what was stored."""

    def to_python(self, value):
        value = super().to_python(value)
        return value and value.replace(microsecond=value.microsecond // 1000 * 1000)

    def pre_save(self, model_instance, add):
        value = self.to_python(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value
