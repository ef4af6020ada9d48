"""Stories: the form with byline, quotes, requests for comment and corrections, and the list."""

from csp.decorators import csp_update
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Prefetch
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from articles.admin import workflow_panel
from articles.admin.article_form import ArticleForm, ManyChoices, differing_rows
from articles.admin.article_list import StatusFilter, TagFilter
from articles.admin.author import BylineInline
from articles.admin.correction import CorrectionInline
from articles.admin.not_saved import UnfitForReaders, not_saved
from articles.admin.page import DeskAdmin
from articles.admin.quote import QuoteInline
from articles.admin.reply_request import ReplyRequestInline
from articles.admin.site import desk
from articles.editorial.addresses import free_slug, keep_old_address
from articles.editorial.edition import new_edition
from articles.editorial.readiness import what_blocks
from articles.editorial.workflow import STEPS, in_words, may_edit, standing
from articles.models import Article, Byline, StatusChange

# The one style element the body editor adds to the page by script; the CSP knows it by its content.
EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"


NOT_YET = ["update_notice", "revised_at", "old_addresses", "created_by"]


@admin.register(Article, site=desk)
class ArticleAdmin(DeskAdmin):
    form = ArticleForm
    inlines = [BylineInline, QuoteInline, ReplyRequestInline, CorrectionInline]
    autocomplete_fields = ["section", "image"]
    readonly_fields = ["revised_at", "created_by", "old_addresses", "text"]
    fieldsets = [
        (None, {"fields": ["headline", "deck", "body", "seen_version"]}),
        ("Where it runs", {"fields": [("section", "kind"), "dateline", "tags", "image"]}),
        ("When", {"fields": ["embargo_until", "update_notice", "revised_at"]}),
        (
            "Address, origin and related stories",
            {
                "classes": ["collapse"],
                "fields": [
                    "slug",
                    "old_addresses",
                    "picks",
                    ("origin_publisher", "origin_headline"),
                    "origin_link",
                    "credit_line",
                    "canonical_link",
                    "created_by",
                ],
            },
        ),
    ]
    list_display = ["headline", "standing", "section", "kind", "byline", "published_at", "on_the_site"]
    list_filter = [
        StatusFilter,
        "section",
        "kind",
        ("bylines__author", admin.RelatedOnlyFieldListFilter),
        TagFilter,
    ]
    list_select_related = ["section"]
    search_fields = [
        "headline",
        "deck",
        "slug",
        "bylines__author__name",
        "quotes__source__name",
        "tags__name",
    ]
    date_hierarchy = "published_at"
    ordering = [F("published_at").desc(nulls_first=True), "-pk"]
    show_facets = admin.ShowFacets.NEVER
    change_form_template = "admin/articles/article/change_form.html"
    actions = [
        workflow_panel.bulk_action(name)
        for name in ("submit", "take_back", "publish", "send_back", "withdraw", "bin", "restore")
    ]

    # The list
    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .prefetch_related(Prefetch("bylines", Byline.objects.select_related("author")))
        )

    @admin.display(description="status", ordering="status")
    def standing(self, article):
        status = standing(article)
        return format_html('<span class="status status-{}">{}</span>', status.value, in_words(article))

    @admin.display(description="byline")
    def byline(self, article):
        return ", ".join(str(byline.author) for byline in article.bylines.all())

    @admin.display(description="page")
    def on_the_site(self, article):
        return format_html(
            '<a href="{}">{}</a>', article.get_absolute_url(), "read" if article.is_public() else "preview"
        )

    @admin.display(description="old addresses")
    def old_addresses(self, article):
        """Addresses the story had before; they lead to the present one."""
        former = article.former_slugs.all() if article.pk else []
        return ", ".join(row.slug for row in former) or self.get_empty_value_display()

    # Who may do what
    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or may_edit(obj, by=request.user))

    def has_delete_permission(self, request, obj=None):
        """Stories go to the bin by the workflow's button; no row is deleted from here."""
        return False

    has_submit_permission = workflow_panel.right_to("submit")
    has_take_back_permission = workflow_panel.right_to("take_back")
    has_publish_permission = workflow_panel.right_to("publish")
    has_send_back_permission = workflow_panel.right_to("send_back")
    has_withdraw_permission = workflow_panel.right_to("withdraw")
    has_bin_permission = workflow_panel.right_to("bin")
    has_restore_permission = workflow_panel.right_to("restore")

    # The form
    def get_inlines(self, request, obj):
        """A new story has nothing to correct yet."""
        return [inline for inline in self.inlines if obj or inline is not CorrectionInline]

    def get_fieldsets(self, request, obj=None):
        """Without what a new story does not have yet; for somebody who may only read, the text as it reads."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            return replace_fields(fieldsets, dict.fromkeys(NOT_YET))
        if not self.has_change_permission(request, obj):
            return replace_fields(fieldsets, {"body": "text", "seen_version": None, "update_notice": None})
        return fieldsets

    @admin.display(description="body")
    def text(self, article):
        # Stored clean by its field type.
        return mark_safe(article.body)  # noqa: S308

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "picks":
            kwargs["widget"] = ManyChoices(db_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.user = request.user
        form.unfit = getattr(request, "unfit_for_readers", ())
        return form

    @method_decorator(csp_update({"style-src": [EDITOR_STYLE]}))
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "POST" and object_id:
            article = self.get_object(request, object_id)
            if article and self.has_lost_the_right(request, article):
                return not_saved(request, article, self.admin_site)
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except UnfitForReaders as refusal:
            # Everything is rolled back; the same form once more, now with what is wrong beside its fields.
            request.unfit_for_readers = refusal.findings
            return super().changeform_view(request, object_id, form_url, extra_context)

    def has_lost_the_right(self, request, article):
        """Whether somebody who writes here may only read this story by now, because it has been moved on."""
        writes = request.user.has_perm("articles.change_article") and self.has_view_permission(
            request, article
        )
        return writes and not self.has_change_permission(request, article)

    def get_urls(self):
        step = path(
            "<path:object_id>/step/", self.admin_site.admin_view(self.step_view), name="articles_article_step"
        )
        return [step, *super().get_urls()]

    def step_view(self, request, object_id):
        """A step on its own, for somebody who may move the story but not edit it."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        article = self.get_object(request, object_id)
        if article is None:
            raise Http404
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        workflow_panel.take_the_asked_step(request, article, saved=False)
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))

    def get_object(self, request, object_id, from_field=None):
        """While a save is under way the row is locked, so that the version compared is the version replaced."""
        article = super().get_object(request, object_id, from_field)
        if article is not None and transaction.get_connection().in_atomic_block:
            Article.objects.select_for_update().get(pk=article.pk)
            article.refresh_from_db()
        return article

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["panel"] = workflow_panel.panel(obj, by=request.user)
        conflict = getattr(context["adminform"].form, "conflict", None)
        if conflict:
            typed = [
                inline.formset for inline in context["inline_admin_formsets"] if inline.has_change_permission
            ]
            conflict["differences"] += differing_rows(typed)
        context["conflict"] = conflict
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request, obj, form, change):
        before = Article.objects.filter(pk=obj.pk).first() if change else None
        if before is None:
            obj.created_by = request.user
        # Made at the last moment: if somebody takes it in between, the save is tried again with the next.
        obj.slug = obj.slug or free_slug(Article, obj.headline, apart_from=obj)
        if form.cleaned_data.get("update_notice"):
            obj.revised_at = timezone.now()
        form.blocked_before = {finding.text for finding in what_blocks(before)} if before else set()
        super().save_model(request, obj, form, change)
        if before:
            keep_old_address(obj, was=before.slug)
        if before and before.is_public() and not obj.is_public():
            new_edition()
            until = timezone.localtime(obj.embargo_until)
            messages.warning(request, f"Readers no longer see this story, until {until:%-d %B %Y, %H:%M %Z}.")

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        article = form.instance
        author = getattr(request.user, "author", None)
        if not change and author and not article.bylines.exists():
            Byline.objects.create(article=article, author=author)
        if article.status in Article.Status.going_out():
            findings = [
                finding for finding in what_blocks(article) if finding.text not in form.blocked_before
            ]
            if findings:
                raise UnfitForReaders(findings)

    def log_change(self, request, obj, message):
        """A save that changed nothing leaves no trace; any other makes a new version of the whole form."""
        if message:
            Article.objects.filter(pk=obj.pk).update(version=F("version") + 1)
            super().log_change(request, obj, message)

    def is_seen_by_readers(self, obj):
        return obj.is_public()

    def response_change(self, request, obj):
        if "_step" not in request.POST:
            return super().response_change(request, obj)
        workflow_panel.take_the_asked_step(request, obj)
        return HttpResponseRedirect(request.get_full_path())

    def response_add(self, request, obj, post_url_continue=None):
        if "_step" not in request.POST:
            return super().response_add(request, obj, post_url_continue)
        workflow_panel.take_the_asked_step(request, obj)
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[obj.pk]))

    def history_lines(self, obj):
        steps = [
            {"at": step.at, "by": step.by_name, "what": STEPS[step.step].label, "detail": step.note}
            for step in StatusChange.objects.filter(article=obj)
        ]
        return sorted([*super().history_lines(obj), *steps], key=lambda line: line["at"], reverse=True)


def replace_fields(fieldsets, others: dict):
    """The same fieldsets with some fields exchanged for others, or for None: left out."""
    return [
        (
            name,
            {
                **options,
                "fields": [
                    others.get(field, field) for field in options["fields"] if others.get(field, field)
                ],
            },
        )
        for name, options in fieldsets
    ]
