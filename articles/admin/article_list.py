"""What narrows the list of stories."""

from django.contrib import admin
from django.db.models import Count, Exists, OuterRef, Prefetch, Q

from articles.admin.listing import QuickList
from articles.editorial.workflow import standing_as
from articles.models import Article, Byline, Tag, TaggedArticle

MOST_USED = 25


class StoryList(QuickList):
    """The page of stories, with the byline of each."""

    def apply_select_related(self, qs):
        bylines = Prefetch("bylines", Byline.objects.select_related("author"))
        return super().apply_select_related(qs).prefetch_related(bylines)


class AuthorFilter(admin.RelatedFieldListFilter):
    """By one of the authors who sign stories."""

    def field_choices(self, field, request, model_admin):
        signed = Byline.objects.filter(author=OuterRef("pk"))
        ordering = self.field_admin_ordering(field, request, model_admin)
        return field.get_choices(include_blank=False, ordering=ordering, limit_choices_to=Q(Exists(signed)))


class StatusFilter(admin.SimpleListFilter):
    """By where stories stand now, those moved by their moments among the others; without the bin, unless somebody
    asks for it."""

    title = "status"
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return Article.Status.choices

    def queryset(self, request, queryset):
        if self.value() in Article.Status.values:
            return queryset.filter(standing_as(self.value()))
        return queryset.outside_the_bin()


class TagFilter(admin.SimpleListFilter):
    """By one of the tags in most use, or the one chosen; the search finds the others."""

    title = "tag"
    parameter_name = "tag"

    def lookups(self, request, model_admin):
        counted = TaggedArticle.objects.order_by().values("tag").annotate(stories=Count("pk"))
        most_used = counted.order_by("-stories", "tag__name")[:MOST_USED]
        tags = dict(most_used.values_list("tag__slug", "tag__name"))
        chosen = Tag.objects.filter(slug=self.used_parameters.get(self.parameter_name, "")).first()
        if chosen:
            tags.setdefault(chosen.slug, chosen.name)
        return sorted(tags.items(), key=lambda item: item[1].casefold())

    def queryset(self, request, queryset):
        return queryset.filter(tagged_items__tag__slug=self.value()) if self.value() else queryset
