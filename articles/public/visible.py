"""What readers can reach besides stories: whatever has a part in a public story, and nothing else.

All of it asks `ArticleQuerySet.published`, once for each row looked at: a list of every public story to look
the row up in would take a second to make in a large archive. A source counts only where it is named: a quote on background
or from an unnamed source leads nowhere.
"""

from django.db.models import Exists, OuterRef, Q

from articles.models import (
    Article,
    Author,
    Byline,
    Correction,
    Quote,
    Section,
    Source,
    Statement,
    Tag,
    TaggedArticle,
)


def public_stories(at):
    return Article.objects.published(at)


def in_print(column, at):
    """The condition that the story this column points to is public."""
    return Exists(public_stories(at).filter(pk=OuterRef(column)))


def public_quotes(at):
    """Quotes with a page of their own: in a public story, from a source readers may know."""
    return Quote.objects.named().filter(in_print("article", at))


def public_corrections(at):
    """Corrections of public stories, from their own date on."""
    return Correction.objects.filter(in_print("article", at), made_at__lte=at)


def visible_sources(at):
    """Sources quoted by name in a public story, and publications such a quote was reported by."""
    quotes = public_quotes(at)
    return Source.objects.filter(
        Exists(quotes.filter(source=OuterRef("pk"))) | Exists(quotes.filter(reported_by=OuterRef("pk")))
    )


def visible_statements(at):
    return Statement.objects.filter(Exists(public_quotes(at).filter(statement=OuterRef("pk"))))


def visible_authors(at):
    bylines = Byline.objects.filter(in_print("article", at))
    return Author.objects.filter(Exists(bylines.filter(author=OuterRef("pk"))))


def visible_tags(at):
    tagged = TaggedArticle.objects.filter(in_print("content_object", at))
    return Tag.objects.filter(Exists(tagged.filter(tag=OuterRef("pk"))))


def sections_in_print(at):
    """Sections with something to read, in the order of the menu."""
    return Section.objects.filter(Exists(public_stories(at).filter(section=OuterRef("pk")))).in_order()


def has_page(field, at):
    """For an annotation: whether the source this column points to has a page readers can open."""
    return Exists(visible_sources(at).filter(pk=OuterRef(field)))


def said_or_reported_by(source):
    return Q(source=source) | Q(reported_by=source)
