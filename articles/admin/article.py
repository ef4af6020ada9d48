"""Stories: the form with byline, quotes, requests for comment and corrections, and the list."""

from csp.decorators import csp_update
from django.contrib import admin
from django.db import transaction
from django.db.models import F
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from articles.admin import workflow_panel
from articles.admin.article_form import ArticleForm, ManyChoices
from articles.admin.article_list import AuthorFilter, StatusFilter, StoryList, TagFilter
from articles.admin.article_saving import StorySaving
from articles.admin.author import BylineInline
from articles.admin.bulk_steps import BulkSteps
from articles.admin.correction import CorrectionInline
from articles.admin.corrections_question import question_urls
from articles.admin.findings import finding_urls
from articles.admin.open_forms import open_form, open_form_urls
from articles.admin.preview import preview_urls
from articles.admin.quote import QuoteInline
from articles.admin.reply_request import ReplyRequestInline
from articles.admin.revisions import history, revision_urls
from articles.admin.site import desk
from articles.admin.step_question import asked
from articles.editorial.addresses import free_slug
from articles.editorial.newsroom_time import RULE
from articles.editorial.revisions.drafts import draft_of
from articles.editorial.workflow import in_words, may_edit, standing
from articles.models import Article, Byline

# The one style element the body editor adds to the page by script; the CSP knows it by its content.
EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"


NOT_YET = ["update_notice", "revised_at", "old_addresses", "created_by"]


@admin.register(Article, site=desk)
class ArticleAdmin(BulkSteps, StorySaving):
    form = ArticleForm
    inlines = [BylineInline, QuoteInline, ReplyRequestInline, CorrectionInline]
    autocomplete_fields = ["section", "image"]
    readonly_fields = ["revised_at", "created_by", "old_addresses", "text"]
    fieldsets = [
        (None, {"fields": ["headline", "deck", "body", "seen_version"]}),
        ("Where it runs", {"fields": [("section", "kind"), "dateline", "tags", "image"]}),
        (
            "When",
            {"fields": ["embargo_until", "withdraw_at", "update_notice", "revised_at"], "description": RULE},
        ),
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
        ("bylines__author", AuthorFilter),
        TagFilter,
    ]
    list_select_related = ["section"]
    search_fields = [
        "headline",
        "deck",
        "slug",
        "bylines__author__name",
        "quotes__source__name",
        "tagged_items__tag__name",
    ]
    date_hierarchy = "published_at"
    ordering = [F("published_at").desc(nulls_first=True), "-pk"]
    show_facets = admin.ShowFacets.NEVER
    change_form_template = "admin/articles/article/change_form.html"

    # The list
    def get_changelist(self, request, **kwargs):
        return StoryList

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
        form.brought_back = getattr(request, "brought_back", False)
        form.unfit = getattr(request, "unfit_for_readers", ())
        return form

    @method_decorator(csp_update({"style-src": [EDITOR_STYLE]}))
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_urls(self):
        step = path(
            "<path:object_id>/step/", self.admin_site.admin_view(self.step_view), name="articles_article_step"
        )
        return [
            step,
            *finding_urls(self),
            *revision_urls(self),
            *preview_urls(self),
            *question_urls(self),
            *open_form_urls(self),
            *super().get_urls(),
        ]

    def step_view(self, request, object_id):
        return workflow_panel.step_view(self, request, object_id)

    def get_object(self, request, object_id, from_field=None):
        """While a save is under way the row is locked, so that the version compared is the version replaced."""
        article = request.__dict__.pop("story_just_read", None)
        if article is not None:
            return article
        article = super().get_object(request, object_id, from_field)
        if article is None or not transaction.get_connection().in_atomic_block:
            return article
        # What the row says when the lock is held, which may be something else than a moment ago.
        locked = Article.objects.select_related("created_by").select_for_update(of=["self"])
        return locked.filter(pk=article.pk).first()

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["panel"] = workflow_panel.panel(
            obj, by=request.user, asked_for=asked(request, obj), just_read=request.method != "POST"
        )
        context["open_form"] = open_form(self, request, obj)
        context["draft"] = request.draft if hasattr(request, "draft") else obj and draft_of(obj)
        context["is_live"] = bool(obj and obj.is_public())
        context["may_publish_changes"] = self.may_publish_changes(request)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
        # Made at the last moment: if somebody takes it in between, the save is tried again with the next.
        obj.slug = obj.slug or free_slug(Article, obj.headline, apart_from=obj)
        if form.cleaned_data.get("update_notice"):
            obj.revised_at = timezone.now()
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        article = form.instance
        author = None if change else getattr(request.user, "author", None)
        if author and not article.bylines.exists():
            Byline.objects.create(article=article, author=author)

    def is_seen_by_readers(self, obj):
        return obj.is_public()

    def response_add(self, request, obj, post_url_continue=None):
        if "_step" not in request.POST:
            return super().response_add(request, obj, post_url_continue)
        workflow_panel.take_the_asked_step(request, obj)
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[obj.pk]))

    def history_page(self, request, obj):
        return history(self, request, obj)


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
