"""Who has a story open on the desk, and what they typed there and have not saved.

A form tells of itself every twenty seconds. What is typed is kept beside the story, never in it: no version counts
up and no revision is made, until it is saved.
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import IntegrityError
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils import timezone

from articles.editorial.audit import last_touch, name_of
from articles.models import Article, OpenForm

#: Somebody who was not heard of for so long has left.
SEEN_FOR = dt.timedelta(seconds=90)
#: While nothing changes, a form that is heard of more often is not written down more often.
HEARD_EVERY = dt.timedelta(seconds=20)
TYPING_FOR = dt.timedelta(seconds=30)
#: How long a request may be on its way: sent before the form was saved, and read after.
ON_ITS_WAY = dt.timedelta(seconds=5)
SILENT_FORMS_KEPT = dt.timedelta(days=1)
TYPED_KEPT = dt.timedelta(days=30)
#: Characters, in the code of web addresses: the longest body a story can have, in most scripts.
LONGEST_TYPED = 5_000_000
MOST_OFFERS = 5
MOST_LET_GO = 200
HOURS_FROM = 120  # minutes


class SomebodyElses(Exception):  # noqa: N818 - read aloud, it is what it is
    """The form belongs to another person, or stands for another story."""


class StoryIsGone(Exception):  # noqa: N818 - read aloud, it is what happened
    """The story was deleted after the request had found it."""


@dataclass(frozen=True)
class Person:
    """Somebody with the story open. `is_me`: whoever asks, in another tab or on another device."""

    name: str
    minutes: int
    is_typing: bool
    has_typed: bool
    is_me: bool

    @property
    def who(self) -> str:
        """Whom to announce when they come and go; nobody announces oneself."""
        return "" if self.is_me else self.name

    def __str__(self):
        if self.is_me:
            return "You have this open in another tab or on another device" + (
                ", with text that is not saved yet." if self.has_typed else "."
            )
        doing = " and is typing" if self.is_typing else " and has typed what is not saved yet"
        return f"{self.name} {self.since()}{doing if self.has_typed else ''}."

    def since(self) -> str:
        if self.minutes < 1:
            return "opened this just now"
        if self.minutes >= HOURS_FROM:
            return f"has had this open for {self.minutes // 60} hours"
        return f"has had this open for {self.minutes} minute{'' if self.minutes == 1 else 's'}"


@dataclass(frozen=True)
class Heard:
    """What there is to tell a form that told of itself: whether its text is kept, and who else is there."""

    kept: bool
    people: list[Person]


def note(
    key: uuid.UUID, *, by, article: Article | None, version: int, typed: str | None = None, at=None
) -> Heard:
    """A form is open and tells of itself; `article` is None while the story is new.

    `typed` are its fields as a browser sends them; empty when they are as they were opened, None when nothing
    changed since it was last told. Raises SomebodyElses for the key of another person's form, or another story's, and
    StoryIsGone.
    """
    at = at or timezone.now()
    forms = forms_around(article, key, at=at)
    form = next((form for form in forms if form.key == key), None)
    if form and (form.by_username != by.get_username() or form.article_id != (article and article.pk)):
        raise SomebodyElses
    if form is None:
        form = begin(key, forms, by=by, article=article, version=version, at=at)
        forget_old(at)
    kept = go_on(form, version=version, typed=typed, at=at)
    return Heard(kept, people_at(forms, key, by=by, at=at))


def begin(key, forms, *, by, article, version, at) -> OpenForm:
    """The first that is heard of a form. After a save the page comes back as a new form, of the same sitting."""
    sitting = [form.opened_at for form in forms if form.by_username == by.get_username() and is_let_go(form)]
    form = OpenForm(
        key=key,
        article=article,
        by_username=by.get_username(),
        by_name=name_of(by),
        opened_at=min([at, *sitting]),
        seen_at=at,
        seen_version=version,
    )
    form.has_typed = False
    write(form)
    return form


def write(form: OpenForm) -> None:
    """Keeps a new form, unless it was kept a moment ago. Nothing holds the story meanwhile: a database looks for it
    at the end, and refuses the form of a story deleted by then."""
    try:
        OpenForm.objects.bulk_create([form], ignore_conflicts=True)
    except IntegrityError as error:
        if form.article_id and not Article.objects.filter(pk=form.article_id).exists():
            raise StoryIsGone from error
        raise


def go_on(form: OpenForm, *, version: int, typed: str | None, at: dt.datetime) -> bool:
    """Writes down what is new, in one short statement; whether the typed text is kept."""
    if is_let_go(form) and (not typed or at - form.typed_at < ON_ITS_WAY):
        return False
    news = {}
    if typed is not None and (typed or form.has_typed):
        news |= {"typed": typed, "typed_at": at if typed else None}
    if version != form.seen_version:
        news["seen_version"] = version
    if not news and at - form.seen_at < HEARD_EVERY:
        return typed is not None
    written = OpenForm.objects.filter(key=form.key, by_username=form.by_username).update(seen_at=at, **news)
    return typed is not None and bool(written)


def forms_around(article: Article | None, key: uuid.UUID, *, at: dt.datetime) -> list[OpenForm]:
    """The form with that key, and those of the story heard of lately; never with the texts typed there."""
    wanted = Q(key=key)
    if article:
        wanted |= Q(article=article, seen_at__gt=at - SEEN_FOR)
    forms = OpenForm.objects.filter(wanted).defer("typed").order_by("opened_at", "pk")
    return list(forms.annotate(has_typed=ExpressionWrapper(~Q(typed=""), output_field=BooleanField())))


def is_let_go(form) -> bool:
    """Whether its text was saved or let go of: since then there is none, and the moment is kept."""
    return form.typed_at is not None and not form.has_typed


def who_else(article: Article, key: uuid.UUID, *, by, at: dt.datetime | None = None) -> list[Person]:
    """Everybody who has the story open, other than in the form with that key."""
    at = at or timezone.now()
    return people_at(forms_around(article, key, at=at), key, by=by, at=at)


def people_at(forms, key, *, by, at) -> list[Person]:
    """One for each person, however many tabs they have open; whoever asks comes first, then who opened it first."""
    sittings = {}
    for form in forms:
        if form.key != key and is_open(form, at=at) and not is_let_go(form):
            sittings.setdefault(form.by_username, []).append(form)
    people = [
        Person(
            name=open_there[0].by_name,
            minutes=int((at - open_there[0].opened_at).total_seconds() // 60),
            is_typing=any(form.has_typed and form.typed_at > at - TYPING_FOR for form in open_there),
            has_typed=any(form.has_typed for form in open_there),
            is_me=username == by.get_username(),
        )
        for username, open_there in sittings.items()
    ]
    return sorted(people, key=lambda person: not person.is_me)


def typed_by(user, article: Article | None, *, apart_from: uuid.UUID | None = None) -> list[OpenForm]:
    """What this person typed into the story, or into new ones, and neither saved nor let go of; newest first."""
    return list(
        theirs(user, article).exclude(typed="").exclude(key=apart_from).order_by("-typed_at")[:MOST_OFFERS]
    )


def is_open(form: OpenForm, *, at: dt.datetime) -> bool:
    return form.seen_at > at - SEEN_FOR


def let_go_by(user, article: Article | None) -> list[uuid.UUID]:
    """The forms of this person whose text was saved or let go of: a copy in a browser is of no use any more."""
    gone = theirs(user, article).filter(typed="").order_by("-typed_at")
    return list(gone.values_list("key", flat=True)[:MOST_LET_GO])


def theirs(user, article):
    return OpenForm.objects.filter(by_username=user.get_username(), article=article, typed_at__isnull=False)


def typed_in(key: uuid.UUID, *, by, article: Article | None) -> str:
    """What was typed into one form; empty for that of another person or story, and where nothing is kept."""
    form = theirs(by, article).filter(key=key).first()
    return form.typed if form else ""


def is_somebody_elses(key: uuid.UUID, *, by) -> bool:
    return OpenForm.objects.filter(key=key).exclude(by_username=by.get_username()).exists()


def let_go(key: uuid.UUID, *, by, article: Article | None = None, at: dt.datetime | None = None) -> None:
    """What was typed there is saved, or not wanted. Call it in the transaction that saves.

    That it was so is kept, also of a form that was never heard of: a browser may still hold a copy of its text.
    Raises StoryIsGone.
    """
    at = at or timezone.now()
    form = OpenForm.objects.filter(key=key)
    if not form.filter(by_username=by.get_username()).update(typed="", typed_at=at) and not form.exists():
        write(
            OpenForm(
                key=key,
                article=article,
                by_username=by.get_username(),
                by_name=name_of(by),
                opened_at=at,
                seen_at=at,
                typed_at=at,
            )
        )


def leave(key: uuid.UUID, *, by, at: dt.datetime | None = None) -> None:
    """The form was closed: whoever sat at it is no longer there, and what they typed stays."""
    at = at or timezone.now()
    form = OpenForm.objects.filter(key=key, by_username=by.get_username())
    form.filter(typed_at=None).delete()
    form.exclude(typed="").update(seen_at=at - SEEN_FOR)


def forget_old(at: dt.datetime) -> None:
    """Forms in which nothing was typed are of no interest the day after; what was typed is kept a month."""
    OpenForm.objects.filter(
        Q(typed_at=None, seen_at__lt=at - SILENT_FORMS_KEPT) | Q(typed_at__lt=at - TYPED_KEPT)
    ).delete()


def what_happened(article: Article) -> str:
    """Who saved or moved the story last, for somebody who opened it before: “Ben saved this story at 14:02.”"""
    touch = last_touch(article)
    if touch is None:
        return "This story was changed since you opened it."
    return f"{touch.by} {touch.what} {moment(touch.at)}."


def moment(at: dt.datetime) -> str:
    """The time, and the day as well unless it is today."""
    local = timezone.localtime(at)
    today = timezone.localdate()
    return f"at {local:%H:%M}" if local.date() == today else f"on {local:%-d %B} at {local:%H:%M}"
