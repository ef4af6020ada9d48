"""Quotes: edited inside their story, looked up in a list of their own."""

from django import forms
from django.contrib import admin
from django.db.models import Count
from django.urls import reverse
from django.utils.html import format_html

from articles.admin.chosen import is_key
from articles.admin.ordered import OrderedForm, OrderedFormSet
from articles.admin.page import DeskAdmin, ReadOnly
from articles.admin.rows import StoryRows
from articles.admin.site import desk
from articles.editorial.addresses import quote_slug
from articles.models import Quote, Source

MOST_QUOTED = 25
#: Whoever changes one of these changes what was agreed to.
AGREED_ON = {"source", "text", "terms", "attribution", "unnamed_reason"}


class QuoteForm(OrderedForm):
    """Words and speaker. Not naming a source is agreed to by a tick, which only some may give."""

    user = None  # set by QuoteInline for each request

    agree = forms.BooleanField(
        required=False,
        label="I agree to not naming this source",
        help_text="Your name is kept with the quote. A later change of words, source or terms asks again.",
    )

    class Meta:
        widgets = {
            "text": forms.Textarea(attrs={"rows": 3}),
            "unnamed_reason": forms.Textarea(attrs={"rows": 2}),
            "mismatch_reason": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        self.may_agree = bool(self.user and self.user.has_perm("articles.approve_unnamed_source"))
        self.fields["agree"].disabled = not self.may_agree

    def clean(self):
        cleaned = super().clean()
        unnamed = cleaned.get("terms") == Quote.Terms.UNNAMED
        if unnamed and cleaned.get("agree"):
            self.instance.approved_by = self.user
        elif not unnamed or AGREED_ON & set(self.changed_data):
            self.instance.approved_by = None
        return cleaned


class QuoteFormSet(OrderedFormSet):
    def save_new(self, form, commit=True):
        self.give_a_slug(form)
        return super().save_new(form, commit)

    def save_existing(self, form, obj, commit=True):
        self.give_a_slug(form)
        return super().save_existing(form, obj, commit)

    def give_a_slug(self, form):
        if not form.instance.slug:
            form.instance.slug = quote_slug(form.instance)


class QuoteInline(StoryRows, admin.StackedInline):
    model = Quote
    form = QuoteForm
    formset = QuoteFormSet
    template = "admin/articles/article/quotes.html"
    extra = 0
    autocomplete_fields = ["source", "reported_by", "statement"]
    readonly_fields = ["approved_by"]
    classes = ["quotes"]
    fieldsets = [
        (None, {"fields": [("position", "kind", "said_on"), "text", ("source", "occasion")]}),
        (
            "Where it comes from, terms, address",
            {
                "classes": ["collapse"],
                "fields": [
                    ("reported_by", "link"),
                    ("statement", "slug"),
                    ("terms", "attribution"),
                    "unnamed_reason",
                    ("agree", "approved_by"),
                    "mismatch_reason",
                ],
            },
        ),
    ]

    def get_queryset(self, request):
        return (
            super().get_queryset(request).select_related("source", "reported_by", "statement", "approved_by")
        )

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form = type("QuoteForm", (formset.form,), {"user": request.user})
        return formset


class SourceFilter(admin.RelatedFieldListFilter):
    """By one of the sources quoted most, or the one chosen; the search finds the others."""

    def field_choices(self, field, request, model_admin):
        counted = Quote.objects.order_by().values("source").annotate(quotes=Count("pk"))
        keys = list(counted.order_by("-quotes", "source").values_list("source", flat=True)[:MOST_QUOTED])
        keys += [key for key in self.lookup_val or () if is_key(key)]
        return [
            (source.pk, str(source)) for source in Source.objects.filter(pk__in=keys).order_by("name", "slug")
        ]


@admin.register(Quote, site=desk)
class QuoteAdmin(ReadOnly, DeskAdmin):
    """Where somebody looks for words. Changing them belongs to the story, where they are checked against it."""

    list_display = ["words", "source", "kind", "said_on", "terms", "story"]
    list_filter = ["kind", "terms", ("source", SourceFilter), "article__section"]
    list_select_related = ["source", "article"]
    search_fields = ["text", "source__name", "source__aliases__name", "occasion", "article__headline"]
    date_hierarchy = "said_on"
    ordering = ["-article__published_at", "position", "pk"]
    show_facets = admin.ShowFacets.NEVER

    @admin.display(description="quote")
    def words(self, quote):
        return str(quote)

    @admin.display(description="story", ordering="article__headline")
    def story(self, quote):
        address = reverse("admin:articles_article_change", args=[quote.article_id])
        return format_html('<a href="{}#quotes-group">{}</a>', address, quote.article)
