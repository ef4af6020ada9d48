"""What narrows the list of stories."""

from django.contrib import admin
from django.db.models import Count, Q

from articles.models import Article, Tag

MOST_USED = 25


class StatusFilter(admin.SimpleListFilter):
    """By where stories stand now, a scheduled one whose time has come among the published; without the bin,
    unless somebody asks for it."""

    title = "status"
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return Article.Status.choices

    def queryset(self, request, queryset):
        status = Article.Status
        has_gone_out = Q(status=status.SCHEDULED, pk__in=Article.objects.published().values("pk"))
        match self.value():
            case status.PUBLISHED:
                return queryset.filter(Q(status=status.PUBLISHED) | has_gone_out)
            case status.SCHEDULED:
                return queryset.filter(status=status.SCHEDULED).exclude(has_gone_out)
            case value if value in status.values:
                return queryset.filter(status=value)
        return queryset.outside_the_bin()


class TagFilter(admin.SimpleListFilter):
    """By one of the tags in most use, or the one chosen; the search finds the others."""

    title = "tag"
    parameter_name = "tag"

    def lookups(self, request, model_admin):
        used = Tag.objects.annotate(stories=Count("tagged_items")).filter(stories__gt=0)
        most_used = used.order_by("-stories", "name")[:MOST_USED]
        tags = {tag.slug: tag.name for tag in most_used}
        chosen = Tag.objects.filter(slug=self.used_parameters.get(self.parameter_name, "")).first()
        if chosen:
            tags.setdefault(chosen.slug, chosen.name)
        return sorted(tags.items(), key=lambda item: item[1].casefold())

    def queryset(self, request, queryset):
        return queryset.filter(tagged_items__tag__slug=self.value()) if self.value() else queryset
