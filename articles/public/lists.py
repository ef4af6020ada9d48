"""Pages that list stories: of a section, an author, a tag."""

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from articles.models import Section, TagSynonym, clock
from articles.public.page import ASK_EACH_TIME, page, paged
from articles.public.visible import public_stories, visible_authors, visible_tags


def story_list(stories):
    return stories.newest_first().for_cards()


@require_safe
def section(request, slug):
    at = clock.now()
    section = get_object_or_404(Section, slug=slug)
    listed = paged(request, story_list(public_stories(at).filter(section=section)))
    context = {"section": section, "listed": listed, "own_path": section.get_absolute_url()}
    return page(request, "articles/section.html", context, at=at)


@require_safe
def author(request, slug):
    at = clock.now()
    author = get_object_or_404(visible_authors(at), slug=slug)
    listed = paged(request, story_list(public_stories(at).filter(bylines__author=author)))
    context = {"author": author, "listed": listed, "own_path": author.get_absolute_url()}
    return page(request, "articles/author.html", context, at=at)


@require_safe
def tag(request, slug):
    at = clock.now()
    tag = visible_tags(at).filter(slug=slug).first()
    if tag is None:
        return lead_to_tag_meant(slug, at)
    listed = paged(request, story_list(public_stories(at).filter(tagged_items__tag=tag)))
    context = {"tag": tag, "listed": listed, "own_path": tag.get_absolute_url()}
    return page(request, "articles/tag.html", context, at=at)


def lead_to_tag_meant(slug, at):
    """From another word for a tag to the tag; the address of a synonym is the word, made a slug."""
    synonyms = TagSynonym.objects.filter(Exists(visible_tags(at).filter(pk=OuterRef("tag")))).select_related(
        "tag"
    )
    for synonym in synonyms:
        if slugify(synonym.name, allow_unicode=True) == slug:
            response = redirect(synonym.tag, permanent=True)
            response["Cache-Control"] = ASK_EACH_TIME
            return response
    raise Http404
