"""Requests for comment: made inside their story, watched in a list of their own."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html

from articles.admin.page import DeskAdmin, ReadOnly
from articles.admin.rows import StoryRows
from articles.admin.site import desk
from articles.models import ReplyRequest


class ReplyRequestInline(StoryRows, admin.StackedInline):
    model = ReplyRequest
    fields = [("source", "outcome", "number"), ("asked_on", "asked_by"), "note"]
    autocomplete_fields = ["source"]
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("source")


@admin.register(ReplyRequest, site=desk)
class ReplyRequestAdmin(ReadOnly, DeskAdmin):
    """Who still owes an answer. The request itself belongs to its story and is changed there."""

    list_display = ["source", "outcome", "asked_on", "asked_by", "story"]
    list_filter = ["outcome", ("source", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["source", "article"]
    search_fields = ["source__name", "source__aliases__name", "article__headline", "note"]
    date_hierarchy = "asked_on"
    ordering = ["-asked_on", "-pk"]
    show_facets = admin.ShowFacets.NEVER

    @admin.display(description="story", ordering="article__headline")
    def story(self, request):
        address = reverse("admin:articles_article_change", args=[request.article_id])
        return format_html('<a href="{}#reply_requests-group">{}</a>', address, request.article)
