"""What a story lacks, as the panel beside its form shows it and as a fragment of its own."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path

from articles.editorial.readiness import Finding, look_over
from articles.editorial.revisions.drafts import draft_fragment, draft_of
from articles.editorial.revisions.putting_back import as_if

#: Fields of the form that are a group of rows.
ROWS = {"bylines", "quotes", "reply_requests", "corrections"}


def finding_urls(model_admin) -> list:
    """The address; it must stand before Django's own, which take any path for a story's number."""
    view = model_admin.admin_site.admin_view(partial(findings_view, model_admin))
    return [path("<path:object_id>/findings/", view, name="articles_article_findings")]


def findings_view(model_admin, request, object_id):
    """What the story lacks as it is saved now, or its draft, for a form that was opened before."""
    article = model_admin.get_object(request, object_id)
    if article is None:
        raise Http404
    if not model_admin.has_view_permission(request, article):
        raise PermissionDenied
    draft = model_admin.has_change_permission(request, article) and draft_of(article)
    if not draft:
        return findings(request, article)
    with as_if(article, draft_fragment(draft)):
        return findings(request, article).render()


def findings(request, article) -> TemplateResponse:
    """The list of findings alone, of the story as it is saved."""
    return TemplateResponse(
        request, "admin/articles/article/panel_findings.html", {"findings": shown(look_over(article))}
    )


def shown(found: list[Finding]) -> list[dict]:
    """Template values for each finding: its weight, its text, and where on the form it is mended."""
    return [{"weight": row.weight.value, "text": row.text, "anchor": anchor(row)} for row in found]


def anchor(finding: Finding) -> str:
    """Where on the form the field, the row or the group of rows stands."""
    if finding.row is not None:
        return f"{finding.field}-{finding.row}"
    return f"{finding.field}-group" if finding.field in ROWS else f"id_{finding.field}"
