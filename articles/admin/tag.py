"""Tags, with the other words that stand for them."""

from django.contrib import admin
from django.db.models import Count, F

from articles.admin.page import DeskAdmin, NamedCells
from articles.admin.site import desk
from articles.models import Article, Tag, TagSynonym


class TagSynonymInline(NamedCells, admin.TabularInline):
    model = TagSynonym
    extra = 0


@admin.register(Tag, site=desk)
class TagAdmin(DeskAdmin):
    readers_see_it = True
    inlines = [TagSynonymInline]
    fields = ["name", "slug", "kind", "description"]
    prepopulated_fields = {"slug": ["name"]}
    list_display = ["name", "kind", "stories"]
    list_filter = ["kind"]
    ordering = ["name", "slug"]
    search_fields = ["name", "synonyms__name"]
    show_facets = admin.ShowFacets.NEVER

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(stories=Count("tagged_items", distinct=True))

    def log_deletions(self, request, queryset):
        """The stories that lose the tag are new versions: a form opened before would bring it back unnoticed."""
        tags = list(queryset)
        Article.objects.filter(tagged_items__tag__in=tags).update(version=F("version") + 1)
        super().log_deletions(request, tags)

    @admin.display(description="stories", ordering="stories")
    def stories(self, tag):
        return tag.stories
