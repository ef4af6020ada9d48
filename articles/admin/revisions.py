"""The versions of a story: listed, read, compared, named, restored; and its draft discarded."""

from functools import partial

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse

from articles.admin.conflict import together_view
from articles.editorial import audit
from articles.editorial.revisions.comparing import compare
from articles.editorial.revisions.drafts import draft_of
from articles.editorial.revisions.fragment import Fragment, fragment_of
from articles.editorial.revisions.keeping import kept_in
from articles.editorial.revisions.putting_back import CannotPutBack
from articles.editorial.revisions.saving import UnfitForReaders, discard_draft, restore, shown_in_form
from articles.editorial.seals import sealed_last
from articles.editorial.workflow import STEPS
from articles.models import Article, Revision, StatusChange

PER_PAGE = 50
NOTHING = Fragment([{"model": "articles.article", "fields": {}}])


class RevisionName(forms.ModelForm):
    class Meta:
        model = Revision
        fields = ["name"]


def revision_urls(model_admin) -> list:
    """The addresses; they must stand before Django's own, which take any path for a story's number."""

    def address(route, view, name):
        view = model_admin.admin_site.admin_view(partial(view, model_admin))
        return path(f"<path:object_id>/{route}", view, name=f"articles_article_{name}")

    return [
        address("together/<uuid:key>/", together_view, "together"),
        address("versions/<uuid:key>/", revision_view, "revision"),
        address("versions/<uuid:key>/name/", name_view, "revision_name"),
        address("versions/<uuid:key>/restore/", restore_view, "restore"),
        address("compare/", choose_view, "compare_chosen"),
        address("compare/<uuid:old>/<uuid:new>/", compare_view, "compare"),
        address("discard-draft/", discard_view, "discard_draft"),
    ]


def more_than_that(entry) -> str:
    """What is written beside “Added” or “Changed”, unless it says the same."""
    said = entry.message.rstrip(".").lower()
    return "" if said == entry.get_action_display().lower() else entry.message


def history(model_admin, request, article) -> TemplateResponse:
    """Every version, every step, and whatever else happened, newest first."""
    lines = [
        *(
            {"at": each.at, "by": each.by_name, "revision": each}
            for each in article.revisions.defer("content", "numbers")
        ),
        *(
            {"at": each.at, "by": each.by_name, "step": each, "label": label_of(each), "note": each.note}
            for each in steps(article)
        ),
    ]
    told = {line["at"] for line in lines}
    lines += [
        {"at": each.at, "by": each.by_name, "what": each.get_action_display(), "note": more_than_that(each)}
        for each in audit.history_of(article)
        if each.at not in told
    ]
    lines.sort(key=lambda line: line["at"], reverse=True)
    versions = [line["revision"] for line in lines if "revision" in line]
    befores = dict(each_with_the_one_before(versions))
    for line in lines:
        line["before"] = befores.get(line.get("revision"))
    now = next((each for each in versions if each.kind == Revision.Kind.SAVED), None)
    newest = [each for each in versions if each.kind != Revision.Kind.ASIDE][:2]
    pages = Paginator(lines, PER_PAGE)
    listed = pages.get_page(request.GET.get("p", "1"))
    context = {
        **page_of(model_admin, request, article, f"History of “{article}”"),
        "lines": listed,
        "versions": [line["revision"] for line in listed if "revision" in line],
        "draft": draft_of(article),
        "is_live": article.is_public(),
        "now": now,
        "chosen": newest if len(newest) == 2 and listed.number == 1 else [None, None],
    }
    return TemplateResponse(request, "admin/articles/article/history.html", context)


def each_with_the_one_before(versions: list[Revision]):
    """What a version is compared with to see what it changed; `versions` come newest first. Before what was typed and
    not saved stands what its writer saw."""
    for place, version in enumerate(versions):
        older = (each for each in versions[place + 1 :] if each.kind != Revision.Kind.ASIDE)
        if version.kind == Revision.Kind.ASIDE:
            older = (each for each in older if each.version <= version.version)
        before = next(older, None)
        if before is not None:
            yield version, before


def steps(article):
    return StatusChange.objects.filter(article=article)


def label_of(change: StatusChange) -> str:
    return STEPS[change.step].label if change.step in STEPS else change.step


def page_of(model_admin, request, article, title) -> dict:
    return {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "opts": model_admin.opts,
        "story": article,
        "may_edit": model_admin.has_change_permission(request, article),
    }


def story(model_admin, request, object_id) -> Article:
    article = model_admin.get_object(request, object_id)
    if article is None:
        raise Http404
    if not model_admin.has_view_permission(request, article):
        raise PermissionDenied
    return article


def readable(article, key) -> tuple[Revision, Fragment]:
    revision = get_object_or_404(Revision, article=article, key=key)
    kept = kept_in(revision)
    if kept is None:
        raise Http404("This version came from a file and cannot be read.")
    return revision, kept


def revision_view(model_admin, request, object_id, key):
    """One version, field by field, with what it changed and what has changed since."""
    article = story(model_admin, request, object_id)
    revision, kept = readable(article, key)
    versions = article.revisions.defer("content", "numbers").newest_first()
    before = dict(each_with_the_one_before(list(versions))).get(revision)
    was = before and kept_in(before)
    context = {
        **page_of(model_admin, request, article, f"{revision} of “{article}”"),
        "revision": revision,
        "whole": compare(NOTHING, kept),
        "before": before if was else None,
        "changed": compare(was, kept) if was else None,
        "changed_since": shown_in_form(article) != kept,
        "naming": RevisionName(instance=revision),
        "goes_live": not article.is_public(),
    }
    return TemplateResponse(request, "admin/articles/article/revision.html", context)


def name_view(model_admin, request, object_id, key):
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    article = story(model_admin, request, object_id)
    if not model_admin.has_change_permission(request, article):
        raise PermissionDenied
    revision, _ = readable(article, key)
    naming = RevisionName(request.POST, instance=revision)
    if naming.is_valid():
        Revision.objects.filter(pk=revision.pk).update(name=naming.cleaned_data["name"])
        messages.success(request, "The version has its name.")
    else:
        messages.error(request, f"The name was not kept. {' '.join(naming.errors['name'])}")
    return HttpResponseRedirect(reverse("admin:articles_article_revision", args=[article.pk, key]))


def choose_view(model_admin, request, object_id):
    """From the two versions ticked in the list to their comparison, the older one first."""
    article = story(model_admin, request, object_id)
    chosen = [str(key) for key in article.revisions.values_list("key", flat=True)]
    keys = [key for key in (request.GET.get("old", ""), request.GET.get("new", "")) if key in chosen]
    if len(set(keys)) != 2:
        messages.error(request, "Choose two different versions to compare.")
        return HttpResponseRedirect(reverse("admin:articles_article_history", args=[article.pk]))
    first, second = sorted(Revision.objects.filter(key__in=keys), key=lambda each: (each.at, each.pk))
    return HttpResponseRedirect(
        reverse("admin:articles_article_compare", args=[article.pk, first.key, second.key])
    )


def compare_view(model_admin, request, object_id, old, new):
    article = story(model_admin, request, object_id)
    (first, was), (second, now) = readable(article, old), readable(article, new)
    context = {
        **page_of(model_admin, request, article, f"{first} and {second} of “{article}”"),
        "old": first,
        "new": second,
        "comparison": compare(was, now),
    }
    return TemplateResponse(request, "admin/articles/article/compare.html", context)


def restore_view(model_admin, request, object_id, key):
    """Back to a version, if the story is still as the page showed it."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        with sealed_last():
            article = story(model_admin, request, object_id)
            if not model_admin.has_change_permission(request, article):
                raise PermissionDenied
            revision, _ = readable(article, key)
            if request.POST.get("seen_version") != str(article.version):
                touch = audit.last_touch(article)
                messages.error(
                    request,
                    f"Nothing was restored: {touch.by if touch else 'somebody else'} changed the story while you looked "
                    "at this page. Compare once more, then press again.",
                )
                return HttpResponseRedirect(
                    reverse("admin:articles_article_revision", args=[article.pk, key])
                )
            restored = restore(article, revision, by=request.user)
    except (CannotPutBack, UnfitForReaders, ValidationError) as refusal:
        says = " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
        messages.error(request, f"Nothing was restored. {says}")
        return HttpResponseRedirect(reverse("admin:articles_article_revision", args=[article.pk, key]))
    if restored is None:
        messages.info(request, "The story is as it was in that version; nothing had to be restored.")
    elif restored.kind == Revision.Kind.DRAFT:
        messages.success(
            request, f"“{revision}” is the draft now. Readers see it when you publish the changes."
        )
    else:
        messages.success(request, f"“{revision}” is restored, as a new version.")
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))


def discard_view(model_admin, request, object_id):
    """Asks once, then lets go of the draft."""
    with sealed_last():
        article = story(model_admin, request, object_id)
        if not model_admin.has_change_permission(request, article):
            raise PermissionDenied
        draft = draft_of(article)
        if draft is None:
            messages.info(request, "There is no draft: the form shows what readers see.")
        elif request.method != "POST":
            context = {
                **page_of(model_admin, request, article, "Discard the draft?"),
                "draft": draft,
                "live": compare(kept_in(draft.revision), fragment_of(article)),
            }
            return TemplateResponse(request, "admin/articles/article/discard_draft.html", context)
        elif request.POST.get("seen_version") != str(article.version):
            messages.error(
                request, "Nothing was discarded: the draft changed while you looked. Look at it once more."
            )
        else:
            discard_draft(article, by=request.user)
            messages.success(
                request, "The draft is discarded; the form shows what readers see. The history still has it."
            )
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))
