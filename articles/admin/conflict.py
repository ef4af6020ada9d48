"""The page for somebody who saved after somebody else did, where both changed the same thing."""

from collections import Counter
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst

from articles.editorial import audit
from articles.editorial.open_forms import moment
from articles.editorial.revisions.comparing import (
    Names,
    compare,
    compare_words,
    in_full,
    label_of,
    label_of_model,
    title,
)
from articles.editorial.revisions.fragment import PART, STORY
from articles.editorial.revisions.keeping import kept_in, shown_at
from articles.editorial.revisions.merging import MINE, THEIRS, Conflict, Merged, merge
from articles.editorial.revisions.saving import shown_in_form
from articles.editorial.seals import sealed_last
from articles.markup import NAME, WRITTEN_TAG
from articles.models import Article, Revision

#: What the page carries on, so that the press of a button is not lost over the question.
CARRIED = ["_continue", "_save", "_step", "step_note", "goes_out_at", "_publish_changes", "_open_form"]
GONE = "(deleted)"
FORMATTING = {
    "span": "quote mark", "a": "link", "h2": "heading", "h3": "smaller heading", "blockquote": "block quote",
    "li": "list item", "p": "paragraph", "strong": "bold passage", "em": "passage in italics", "hr": "line across",
}  # fmt: skip
CORRECTION = "articles.correction"


@dataclass(frozen=True)
class Question:
    """One conflict as the page shows it: what it was, theirs and mine in words, and where they differ."""

    name: str
    label: str
    row: str
    base: str
    theirs: str
    mine: str
    their_change: list
    my_change: list
    their_formatting: str = ""
    my_formatting: str = ""


def page(model_admin, request, article, aside: Revision, together: Merged):
    """Theirs and mine side by side; 409 after a save, because nothing was changed."""
    base = shown_at(article, aside.version)
    theirs, mine = shown_in_form(article), kept_in(aside)
    names = Names(*filter(None, [base, theirs, mine]))
    touch = audit.last_touch(article)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": "Both of you changed this",
        "opts": model_admin.opts,
        "story": article,
        "aside": aside,
        "who": touch.by if touch else "Somebody else",
        "when": moment(touch.at) if touch else "",
        "questions": [question(conflict, names) for conflict in together.conflicts],
        "theirs": compare(base, theirs).summary() if base else "",
        "mine": compare(base, mine).summary() if base else "",
        "carried": [(name, request.POST[name]) for name in CARRIED if name in request.POST],
        "address": reverse("admin:articles_article_together", args=[article.pk, aside.key]),
    }
    return TemplateResponse(
        request,
        "admin/articles/article/conflict.html",
        context,
        status=409 if request.method == "POST" else 200,
    )


def question(conflict: Conflict, names: Names) -> Question:
    model = Article if conflict.label == STORY else PART[conflict.label]
    if conflict.field is None:
        label, row = label_of_model(conflict.label), ""
        read = [GONE if side is None else in_full(model, side, names) for side in sides(conflict)]
    else:
        each = model._meta.get_field(conflict.field)
        label, row = label_of(each), row_in_words(conflict, names)
        read = [names.read(each, side) for side in sides(conflict)]
    base, theirs, mine = read
    same_words = conflict.field is not None and theirs == mine and conflict.theirs != conflict.mine
    return Question(
        conflict.name,
        capfirst(f"{label}, {conflict.where}" if conflict.where else label),
        row,
        base,
        theirs,
        mine,
        compare_words(base, theirs) if conflict.theirs is not None else [],
        compare_words(base, mine) if conflict.mine is not None else [],
        formatting_in_words(str(conflict.theirs)) if same_words else "",
        formatting_in_words(str(conflict.mine)) if same_words else "",
    )


def formatting_in_words(markup: str) -> str:
    """“1 quote mark, 2 links”: what tells two texts of the same words apart."""
    counted = Counter(NAME.match(tag)[1] for tag in WRITTEN_TAG.findall(markup) if not tag.startswith("</"))
    return ", ".join(
        f"{counted[name]} {noun}{'' if counted[name] == 1 else 's'}"
        for name, noun in FORMATTING.items()
        if counted[name]
    )


def row_in_words(conflict: Conflict, names: Names) -> str:
    """Which row a field is of, as it was: “quote “They had to look.” – Jelani Drew”. Nothing for the story's own."""
    if conflict.key is None:
        return ""
    rows = [fragment.rows[conflict.label].get(conflict.key) for fragment in names.fragments]
    kept = next(filter(None, rows), {})
    called = title(PART[conflict.label], kept, names)
    # A correction says of which kind it is.
    return called if conflict.label == CORRECTION else f"{label_of_model(conflict.label)} {called}"


def sides(conflict: Conflict):
    return conflict.base, conflict.theirs, conflict.mine


def together_view(model_admin, request, object_id, key):
    """The page again, and what was decided on it. Who answers may be interrupted once more: then it asks once more."""
    with sealed_last():
        article = model_admin.get_object(request, object_id)
        if article is None:
            raise Http404
        if not model_admin.has_change_permission(request, article):
            raise PermissionDenied
        aside = get_object_or_404(Revision, article=article, key=key, kind=Revision.Kind.ASIDE)
        mine, theirs = kept_in(aside), shown_in_form(article)
        base = shown_at(article, aside.version)
        choices = {name: value for name, value in request.POST.items() if value in (THEIRS, MINE)}
        merged = merge(base, theirs, mine, choices)
        if request.method != "POST" or merged.conflicts:
            return page(model_admin, request, article, aside, merged)
        if THEIRS not in choices.values():
            aside.delete()  # all of it is in the story now; else it stays where one finds it
        return model_admin.finish(request, article, merged.fragment, others_saved=True)
