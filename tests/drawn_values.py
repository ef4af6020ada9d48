"""A value for any field, by what its model says of it: a field that is added is drawn for from that day on."""

import datetime as dt
import html
import re
from io import BytesIO

from django.contrib.auth.models import User
from django.db import models
from hypothesis import strategies as st
from PIL import Image as Picture

from articles.fields import DayField, MomentField, RichTextField

#: Letters of many scripts, and whatever JSON, XML, HTML, a line, a path or a database might stumble over.
WORDS = [
    "", " ", "a", "Ada", "ada", "Words & <em>marks</em>", "“Quoted,” she said", 'back\\slash "\'', "[]", "{}", "null",
    "true", "0", "1e999", "-", "a\tb\r\nc", "first\n\nlast", "\x85x\xa0", "\u2028\u2029\ufeff", "\x00\x01\x1f",
    "كاتبة الصحيفة", "\u202bשלום\u202c \u200fעולם\u200e", "देवनागरी में समाचार", "新聞社の記者", "新闻", "Ελλάδα", "Граница",
    "İstanbul ıŞ", "STRASSE straße", "e\u0301\u0323 = \u1eb9\u0301", "\u0958\ufb1d\u212b", "न\u200dत", "👩🏽‍🚒 🇺🇦 👨‍👩‍👧‍👦",
    "\U0010fffd\U00020000", "Z" + "\u0300" * 40, "x" * 700, "％ ﬁ Ⅳ", "</script>]]>", "{{ a }} {% b %} %s {0}",
]  # fmt: skip
TEXTS = st.sampled_from(WORDS) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12
)
SLUGS = st.sampled_from(
    ["a", "talks-fail", "كاتبة-الصحيفة", "新聞社", "ελλάδα", "граница", "𝒳", "ß", "2018", "_", "x" * 120]
) | st.text(st.characters(categories=["Ll", "Lo", "Nd"]), min_size=1, max_size=12)
WORD = re.compile(r"[-\w]+")
MARKUP = st.lists(
    st.sampled_from(["<p>{}</p>", "<p><a href='https://paper.example/?a=1&b=ü'>{}</a><br>{}</p>", "<h2>{}</h2>\n",
                     "<blockquote><p><em>{}</em> <strong>{}</strong></p></blockquote>", "<ul><li>{}</li></ul>", "<hr>",
                     "<script>{}</script>", "{}"]),
    max_size=3,
)  # fmt: skip
ADDRESSES = [
    "https://paper.example/", "http://localhost:8000/a?b=c&d=%20#e", "https://bücher.example/straße/新聞",
    "https://paper.example/" + "x" * 470,
]  # fmt: skip
PICTURES = {"png": ("PNG", "RGBA"), "jpg": ("JPEG", "RGB"), "jpeg": ("JPEG", "L"), "webp": ("WEBP", "RGB")}
#: The names of files, each of which `picture` can make.
FILES = st.builds(
    "images/{}-{}x{}.{}".format,
    st.integers(0, 9),
    st.integers(1, 3),
    st.integers(1, 3),
    st.sampled_from([*PICTURES]),
)
SMALLEST = {
    models.PositiveIntegerField: 0,
    models.PositiveSmallIntegerField: 0,
    models.PositiveBigIntegerField: 0,
}
#: What each database can hold, not only the one these tests run on.
LARGEST = {
    models.PositiveSmallIntegerField: 2**15 - 1,
    models.PositiveIntegerField: 2**31 - 1,
    models.PositiveBigIntegerField: 2**63 - 1,
}


def picture(name: str) -> bytes:
    """A picture of the size and the kind that its name says."""
    kind, mode = PICTURES[name.rpartition(".")[2]]
    size = tuple(map(int, name.rpartition("-")[2].partition(".")[0].split("x")))
    data = BytesIO()
    Picture.new(mode, size, "navy" if mode != "L" else 70).save(data, kind)
    return data.getvalue()


def value_of(field) -> st.SearchStrategy:
    """Values that the field may hold; of a reference, a number that stands for one of the rows there are."""
    if field.many_to_many:
        return st.lists(st.integers(0, 5), max_size=3)
    filled = st.integers(0, 5) if field.is_relation else filled_value_of(field)
    return st.none() | filled if field.null else filled


def filled_value_of(field) -> st.SearchStrategy:
    if field.choices:
        return st.sampled_from([value for value, _ in field.flatchoices])
    if str(field) in SPECIAL:
        return SPECIAL[str(field)]
    for kind, strategy in KINDS:
        if isinstance(field, kind):
            return strategy(field)
    raise TypeError(f"{field} is of a kind that no value is drawn for")


def texts(field):
    """As they are stored: cleaned, and no longer than the column."""
    kept = TEXTS.map(lambda text: field.to_python(text.replace("\0", ""))[: field.max_length])
    return kept if field.blank else kept.map(lambda text: text or "x")


def slugs(field):
    return SLUGS.map(lambda slug: field.to_python(slug)[: field.max_length]).filter(WORD.fullmatch)


def bodies(field):
    def body(pieces, texts):
        texts = [html.escape(text) for text in texts]
        return field.to_python("".join(piece.format(*texts) for piece in pieces))

    return st.builds(body, MARKUP, st.tuples(TEXTS, TEXTS))


def numbers(field):
    least, most = SMALLEST[type(field)], LARGEST[type(field)]
    return st.sampled_from([1, 2, 3, 9, 10, least, most])


def moments(first, last):
    ends = [
        dt.datetime(first, 1, 1, tzinfo=dt.UTC),
        dt.datetime(last, 12, 31, 23, 59, 59, 999000, tzinfo=dt.UTC),
    ]
    between = st.datetimes(dt.datetime(first, 1, 1), dt.datetime(last, 12, 31), timezones=st.just(dt.UTC))
    return lambda field: st.sampled_from(ends) | between


def days(first, last):
    ends = [dt.date(first, 1, 1), dt.date(last, 12, 31)]
    return lambda field: st.sampled_from(ends) | st.dates(*ends)


#: The first kind that a field is of counts.
KINDS = [
    (models.FileField, lambda field: FILES),
    (models.SlugField, slugs),
    (models.URLField, lambda field: st.sampled_from([*ADDRESSES, ""] if field.blank else ADDRESSES)),
    (models.EmailField, lambda field: st.sampled_from(["", "ana@example.org"])),
    (RichTextField, bodies),
    (models.CharField | models.TextField, texts),
    (models.UUIDField, lambda field: st.uuids()),
    (models.BooleanField, lambda field: st.booleans()),
    (models.IntegerField, numbers),
    (MomentField, moments(1900, 2200)),
    (models.DateTimeField, moments(1, 9999)),
    (DayField, days(1000, 2200)),
]
#: Where the kind of a field does not say what may stand in it.
SPECIAL = {
    "auth.User.username": SLUGS.map(User.normalize_username).filter(WORD.fullmatch),
    "articles.AuditEntry.noun": st.sampled_from(
        ["articles.article", "articles.quote", "auth.group", "gone.noun"]
    ),
}
