"""Quote: words, a figure or a report in one story, tied to the source they come from."""

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse

from articles.fields import DayField, LineField, PlainTextField, WebAddressField
from articles.models.article import Article
from articles.models.keyed import Keyed, KeyedQuerySet, SlugField, not_empty, one_of


class QuoteKind(models.TextChoices):
    DIRECT = "direct", "direct quotation"
    PARTIAL = "partial", "partial quotation"
    PARAPHRASE = "paraphrase", "paraphrase"
    STATEMENT = "statement", "written statement"
    POST = "post", "social media post"
    FIGURE = "figure", "figure"

    @classmethod
    def verbatim(cls):
        """Kinds whose words must stand in the story letter by letter."""
        return frozenset({cls.DIRECT, cls.PARTIAL, cls.STATEMENT, cls.POST})


class QuoteTerms(models.TextChoices):
    ON_THE_RECORD = "record", "on the record"
    BACKGROUND = "background", "on background"
    UNNAMED = "unnamed", "unnamed source"


#: By the day of the words, or of the story where that is not known. Which end of a list rows without a day
#: stand at must be said: databases disagree.
NEWEST_FIRST = (
    Coalesce("said_on", TruncDate("article__published_at")).desc(nulls_last=True),
    F("article__published_at").desc(nulls_last=True),
    "article_id",
    "position",
    "pk",
)


class QuoteQuerySet(KeyedQuerySet):
    def published(self, at=None):
        """Quotes of stories that are public: asks the one definition, Article's own."""
        return self.filter(article__in=Article.objects.published(at).values("pk"))

    def named(self):
        """Quotes whose source readers may know. The others must never lead to the source's name."""
        return self.filter(terms=Quote.Terms.ON_THE_RECORD)

    def newest_first(self):
        return self.order_by(*NEWEST_FIRST)

    def own_words_first(self, source):
        """What the source said itself, then what it reported of others; both newest first."""
        return self.order_by(Case(When(source=source, then=0), default=1), *NEWEST_FIRST)

    def in_story_order(self):
        return self.order_by("position", "pk")


class Quote(Keyed):
    Kind = QuoteKind
    Terms = QuoteTerms

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="quotes")
    position = models.PositiveIntegerField(default=1, help_text="The order in the story; 1 comes first.")
    slug = SlugField(
        help_text="Part of the quote's own address. Leave it empty and it is made from the source and the first words."
    )
    source = models.ForeignKey(
        "Source",
        on_delete=models.PROTECT,
        related_name="quotes",
        help_text="Who said or wrote it. A quoted source cannot be deleted.",
    )
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.DIRECT)
    text = PlainTextField(
        help_text="The words as they stand in the story, without the outer quotation marks. For a figure or a "
        "paraphrase, the passage that is attributed."
    )
    said_on = DayField(
        null=True, blank=True, verbose_name="said on", help_text="Empty if the day is not known."
    )
    occasion = LineField(
        max_length=200,
        blank=True,
        help_text="Where it was said or written, for example: letter to the company.",
    )
    reported_by = models.ForeignKey(
        "Source",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reported_quotes",
        help_text="The publication that reported it, if we did not hear it ourselves.",
    )
    link = WebAddressField(blank=True, help_text="Where it can be checked.")
    statement = models.ForeignKey(
        "Statement",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="quotes",
        help_text="If other stories quote the same words: the letter, post or speech they all come from.",
    )
    terms = models.CharField(
        max_length=20,
        choices=Terms.choices,
        default=Terms.ON_THE_RECORD,
        help_text="Unless on the record, readers never see the source's name, only the attribution.",
    )
    attribution = LineField(
        max_length=200,
        blank=True,
        help_text="How the story describes a source it does not name, for example: a person close to the talks.",
    )
    unnamed_reason = PlainTextField(
        blank=True,
        verbose_name="reason for not naming",
        help_text="Required for an unnamed source; readers see it.",
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The managing editor who agreed to not naming the source. Their account can be closed, not deleted.",
    )
    mismatch_reason = PlainTextField(
        blank=True,
        verbose_name="why the story's words differ",
        help_text="Only if the words in the story are meant to differ from this record.",
    )

    objects = QuoteQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["said_on"], name="quotes_by_day")]
        constraints = [
            not_empty("text", "quote_has_words", "A quote needs its words."),
            not_empty("slug", "quote_has_a_slug", "A quote needs a slug."),
            one_of("kind", QuoteKind, "quote_kind_is_known"),
            one_of("terms", QuoteTerms, "quote_terms_are_known"),
            models.UniqueConstraint(
                fields=["article", "position"],
                name="quote_position_is_taken_once",
                violation_error_message="Two quotes of this story have the same position.",
            ),
            models.CheckConstraint(
                condition=Q(terms=QuoteTerms.ON_THE_RECORD) | ~Q(attribution=""),
                name="quote_without_a_name_says_who",
                violation_error_message="Say how the story describes a source it does not name.",
            ),
            models.CheckConstraint(
                condition=~Q(terms=QuoteTerms.UNNAMED) | ~Q(unnamed_reason=""),
                name="unnamed_quote_has_a_reason",
                violation_error_message="An unnamed source needs a reason that readers can be told.",
            ),
        ]

    def __str__(self):
        words = self.text if len(self.text) <= 60 else f"{self.text[:57]}…"
        return f"“{words}”"

    def get_absolute_url(self):
        return reverse("quote", args=[self.slug])

    @property
    def is_named(self) -> bool:
        """The same rule as `QuoteQuerySet.named`, for a row already in memory."""
        return self.terms == self.Terms.ON_THE_RECORD
