"""Tags, with the other words that stand for them."""

from collections import defaultdict

from django import forms
from django.contrib import admin
from django.db.models import F

from articles.admin.listing import number_of
from articles.admin.page import DeskAdmin, NamedCells
from articles.admin.site import desk
from articles.editorial import audit
from articles.editorial.tag_names import who_is_called
from articles.models import Article, AuditEntry, Tag, TaggedArticle, TagSynonym


class TagForm(forms.ModelForm):
    def clean_name(self):
        return free_name(self, apart_from=self.instance)


class TagSynonymForm(forms.ModelForm):
    def clean_name(self):
        return free_name(self, apart_from=Tag(pk=self.instance.tag_id))


def free_name(form, *, apart_from: Tag) -> str:
    """The name typed, unless it is, in whatever spelling, that of another tag."""
    name = form.cleaned_data["name"]
    taken = who_is_called(name, apart_from=apart_from) if "name" in form.changed_data else ""
    if taken:
        raise forms.ValidationError(taken)
    return name


class TagSynonymInline(NamedCells, admin.TabularInline):
    model = TagSynonym
    form = TagSynonymForm
    extra = 0


@admin.register(Tag, site=desk)
class TagAdmin(DeskAdmin):
    form = TagForm
    readers_see_it = True
    names_take_turns = True
    inlines = [TagSynonymInline]
    fields = ["name", "slug", "kind", "description"]
    prepopulated_fields = {"slug": ["name"]}
    list_display = ["name", "kind", "stories"]
    list_filter = ["kind"]
    ordering = ["name", "slug"]
    search_fields = ["name", "synonyms__name"]
    show_facets = admin.ShowFacets.NEVER

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(stories=number_of(TaggedArticle.objects.all(), "tag"))

    def log_deletions(self, request, queryset):
        """The stories that lose the tag are new versions: a form opened before would bring it back unnoticed."""
        tags = list(queryset)
        lost = defaultdict(list)
        items = TaggedArticle.objects.filter(tag__in=tags).select_related("content_object", "tag")
        for item in items.defer("content_object__body"):
            lost[item.content_object].append(f"“{item.tag}”")
        Article.objects.filter(tagged_items__tag__in=tags).update(version=F("version") + 1)
        for story, names in lost.items():
            was = "tag was" if len(names) == 1 else "tags were"
            audit.record(
                AuditEntry.Action.CHANGED,
                story,
                by=request.user,
                message=f"The {was} deleted: {', '.join(names)}.",
            )
        super().log_deletions(request, tags)

    @admin.display(description="stories", ordering="stories")
    def stories(self, tag):
        return tag.stories
