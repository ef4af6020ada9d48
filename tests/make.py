"""Plain functions that make a noun with sensible values; say only what the test is about."""

import datetime as dt
import hashlib
import json
from io import BytesIO
from itertools import count

from django.contrib.auth.models import Group, Permission, User
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as Picture

from articles.editorial.fixtures.writing import entry_of
from articles.editorial.seals import write
from articles.models import (
    Affiliation,
    Alias,
    Article,
    AuditEntry,
    Author,
    Byline,
    Correction,
    FormerSlug,
    Illustration,
    Image,
    LiveDraft,
    OpenForm,
    PreviewLink,
    Quote,
    ReplyRequest,
    Revision,
    Seal,
    Section,
    Source,
    Statement,
    StatusChange,
    Tag,
    TaggedArticle,
    TagSynonym,
)

numbers = count(1)

REPORTER = ["view_article", "add_article", "change_article", "submit_article"]
CORRECTIONS = ["add_correction", "change_correction", "delete_correction"]
EDITOR = [*REPORTER, "review_article", "publish_article", *CORRECTIONS]
MANAGING_EDITOR = [*EDITOR, "withdraw_article", "delete_article", "approve_unnamed_source"]

ROWS_OF_A_STORY = [
    f"{verb}_{noun}"
    for noun in ("byline", "quote", "replyrequest", "taggedarticle")
    for verb in ("view", "add", "change", "delete")
]
NOUNS_TO_CHOOSE_FROM = [
    "view_source",
    "view_author",
    "view_tag",
    "view_section",
    "view_image",
    "view_statement",
]


def an_hour_ago():
    return timezone.now() - dt.timedelta(hours=1)


def make_section(name=None, **values):
    n = next(numbers)
    return Section.objects.create(**{"name": name or f"Section {n}", "slug": f"section-{n}", **values})


def make_author(name=None, **values):
    n = next(numbers)
    return Author.objects.create(**{"name": name or f"Author {n}", "slug": f"author-{n}", **values})


def make_source(name=None, **values):
    n = next(numbers)
    return Source.objects.create(**{"name": name or f"Source {n}", "slug": f"source-{n}", **values})


def make_alias(source=None, name=None):
    return Alias.objects.create(source=source or make_source(), name=name or f"Alias {next(numbers)}")


def make_affiliation(source=None, organisation=None, **values):
    organisation = organisation or make_source(kind=Source.Kind.ORGANISATION)
    return Affiliation.objects.create(
        source=source or make_source(), organisation=organisation, **{"title": "director", **values}
    )


def make_tag(name=None, **values):
    n = next(numbers)
    return Tag.objects.create(**{"name": name or f"tag {n}", "slug": f"tag-{n}", **values})


def make_tag_synonym(tag=None, name=None):
    return TagSynonym.objects.create(tag=tag or make_tag(), name=name or f"synonym {next(numbers)}")


def make_statement(title=None, **values):
    n = next(numbers)
    return Statement.objects.create(
        **{"title": title or f"Letter {n}", "slug": f"letter-{n}", "form": Statement.Form.LETTER, **values}
    )


def make_image(**values):
    n = next(numbers)
    return Image.objects.create(
        **{
            "title": f"Picture {n}",
            "slug": f"picture-{n}",
            "file": f"images/{n}.png",
            "alt": "A picture",
            **values,
        }
    )


def a_picture():
    """The bytes of a small PNG file."""
    data = BytesIO()
    Picture.new("RGB", (4, 3), "navy").save(data, "PNG")
    return data.getvalue()


def make_kept_image(**values):
    """An image whose file is really there."""
    return make_image(file=ContentFile(a_picture(), "picture.png"), **values)


def make_article(headline=None, *, tags=(), by=(), **values):
    """A draft, complete enough to be published; `tags` are Tag rows, `by` are Author rows."""
    n = next(numbers)
    article = Article.objects.create(
        **{
            "headline": headline or f"Story {n}",
            "slug": f"story-{n}",
            "deck": f"What story {n} is about.",
            "body": f"<p>The body of story {n}.</p>",
            **({} if "section" in values else {"section": make_section()}),
            **values,
        }
    )
    article.tags.add(*tags)
    for position, author in enumerate(by, start=1):
        Byline.objects.create(article=article, author=author, position=position)
    return article


def make_byline(article=None, author=None, **values):
    article = article or make_article()
    return Byline.objects.create(
        article=article,
        author=author or make_author(),
        **{"position": article.bylines.count() + 1, **values},
    )


def make_former_slug(article=None, **values):
    return FormerSlug.objects.create(
        article=article or make_article(), **{"slug": f"old-story-{next(numbers)}", **values}
    )


def make_tagged_article(article=None, tag=None):
    return TaggedArticle.objects.create(content_object=article or make_article(), tag=tag or make_tag())


def make_published(headline=None, **values):
    return make_article(
        headline, **{"status": Article.Status.PUBLISHED, "published_at": an_hour_ago(), **values}
    )


def make_quote(article=None, source=None, **values):
    article = article or make_article()
    n = next(numbers)
    return Quote.objects.create(
        article=article,
        source=source or make_source(),
        **{
            "slug": f"quote-{n}",
            "text": f"Words number {n}.",
            "position": article.quotes.count() + 1,
            **values,
        },
    )


def make_correction(article=None, **values):
    article = article or make_article()
    number = article.corrections.count() + 1
    return Correction.objects.create(
        article=article, **{"number": number, "text": f"An earlier version had {number} wrong.", **values}
    )


def make_reply_request(article=None, source=None, **values):
    return ReplyRequest.objects.create(
        article=article or make_article(), source=source or make_source(), **values
    )


def make_illustration(article=None, image=None):
    return Illustration.objects.create(article=article or make_article(), image=image or make_image())


def make_revision(article=None, **values):
    """The story as it is now, without its rows."""
    article = article or make_article()
    return Revision.objects.create(
        **{
            "article": article,
            "version": article.version,
            "by_username": "ana",
            "by_name": "Ana Ruiz",
            "content": json.dumps([entry_of(article)]),
            **values,
        }
    )


def make_live_draft(article=None, revision=None, **values):
    article = article or make_published()
    return LiveDraft.objects.create(
        article=article,
        revision=revision or make_revision(article, kind=Revision.Kind.DRAFT),
        **{"based_on": article.version, **values},
    )


def make_open_form(article=None, **values):
    """A form in which nothing is typed yet; without an article, that of a new story."""
    return OpenForm.objects.create(
        **{
            "article": article,
            "by_username": "ana",
            "by_name": "Ana Ruiz",
            "seen_version": article.version if article else 0,
            **values,
        }
    )


def make_preview_link(article=None, **values):
    """A link that is good for a day; nobody knows its secret."""
    return PreviewLink.objects.create(
        **{
            "article": article or make_article(),
            "digest": hashlib.sha256(f"secret {next(numbers)}".encode()).hexdigest(),
            "by_username": "ana",
            "by_name": "Ana Ruiz",
            "expires_at": timezone.now() + dt.timedelta(days=1),
            **values,
        }
    )


def make_status_change(article=None, **values):
    article = article or make_article()
    change = StatusChange(
        **{
            "article": article,
            "headline": article.headline,
            "step": "submit",
            "from_status": Article.Status.DRAFT,
            "to_status": Article.Status.IN_REVIEW,
            "by_username": "ana",
            "by_name": "Ana Ruiz",
            **values,
        }
    )
    write(change)
    return change


def make_audit_entry(**values):
    entry = AuditEntry(
        **{
            "by_username": "ana",
            "by_name": "Ana Ruiz",
            "action": AuditEntry.Action.CHANGED,
            "noun": "articles.quote",
            "object_id": "1",
            "object_name": "“Words number 1.”",
            "message": "Changed words.",
            **values,
        }
    )
    write(entry)
    return entry


def make_seal():
    """The seal of a new line."""
    line = make_audit_entry()
    return Seal.objects.get(noun=line._meta.label_lower, line=line.pk)


def make_user(username=None, *, may=(), staff=True, **values):
    """An account; `may` are names of permissions on articles."""
    n = next(numbers)
    user = User.objects.create_user(
        **{
            "username": username or f"user{n}",
            "password": "a long enough password",
            "is_staff": staff,
            **values,
        }
    )
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="articles", codename__in=may))
    return user


def make_desk_user(may, **values):
    """An account with the rights of a step and those to fill in a whole form: rows, and what fields lead to."""
    return make_user(may=[*may, *ROWS_OF_A_STORY, "view_correction", *NOUNS_TO_CHOOSE_FROM], **values)


def make_reporter(username=None, **values):
    return make_user(username, may=REPORTER, **values)


def make_editor(username=None, **values):
    return make_user(username, may=EDITOR, **values)


def make_managing_editor(username=None, **values):
    return make_user(username, may=MANAGING_EDITOR, **values)


def make_group_member(group, username=None, **values):
    """An account in one of the roles of fixtures/roles.json, which must be loaded."""
    user = make_user(username, **values)
    user.groups.add(Group.objects.get(name=group))
    return user
