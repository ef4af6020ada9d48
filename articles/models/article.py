"""Article: one story. FormerSlug: an address it had before.

What "public" means is written here, twice and side by side: `ArticleQuerySet.published(at)` for the
database and `Article.is_public(at)` for a row in memory. Nothing else in the newsroom decides it.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from taggit.managers import TaggableManager

from articles.fields import LineField, MomentField, RichTextField, WebAddressField
from articles.models import clock
from articles.models.keyed import Keyed, KeyedQuerySet, SlugField, not_empty, one_of
from articles.models.tag import TaggedArticle


class ArticleKind(models.TextChoices):
    NEWS = "news", "news"
    ANALYSIS = "analysis", "analysis"
    BRIEF = "brief", "brief"
    EXPLAINER = "explainer", "explainer"
    OPINION = "opinion", "opinion"


class ArticleStatus(models.TextChoices):
    DRAFT = "draft", "draft"
    IN_REVIEW = "review", "in review"
    SCHEDULED = "scheduled", "scheduled"
    PUBLISHED = "published", "published"
    WITHDRAWN = "withdrawn", "withdrawn"
    BINNED = "binned", "in the bin"

    @classmethod
    def going_out(cls):
        """States in which readers see the story once its time has come."""
        return frozenset({cls.SCHEDULED, cls.PUBLISHED})


class ArticleQuerySet(KeyedQuerySet):
    def published(self, at=None):
        """The stories readers may see at that moment; now, unless told otherwise."""
        at = at or clock.now()
        return self.filter(
            Q(embargo_until=None) | Q(embargo_until__lte=at),
            Q(withdraw_at=None) | Q(withdraw_at__gt=at),
            status__in=ArticleStatus.going_out(),
            published_at__lte=at,
        )

    def newest_first(self):
        return self.order_by("-published_at", "-pk")

    def for_cards(self):
        """Everything a list of stories shows, without the bodies, in a constant number of queries."""
        return self.select_related("section", "image").prefetch_related("bylines__author").defer("body")

    def outside_the_bin(self):
        return self.exclude(status=ArticleStatus.BINNED)


class Article(Keyed):
    Kind = ArticleKind
    Status = ArticleStatus

    headline = LineField(
        max_length=200, help_text="What happened, in one line. Over 90 characters gets cut in lists."
    )
    slug = SlugField(
        help_text="Part of the story's address. Leave it empty and it is made from the headline. If you change it "
        "after publishing, the old address leads to the new one."
    )
    deck = LineField(
        max_length=400,
        blank=True,
        help_text="The sentence under the headline; also shown in lists, feeds and searches.",
    )
    body = RichTextField(blank=True)
    section = models.ForeignKey(
        "Section",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        help_text="Where the story runs. Needed before it can be published.",
    )
    kind = models.CharField(max_length=20, choices=ArticleKind.choices, default=ArticleKind.NEWS)
    dateline = LineField(
        max_length=100, blank=True, help_text="Where the story was reported from, for example: SAN FRANCISCO."
    )
    status = models.CharField(
        max_length=20, choices=ArticleStatus.choices, default=ArticleStatus.DRAFT, editable=False
    )
    published_at = MomentField(
        null=True,
        blank=True,
        editable=False,
        verbose_name="published",
        help_text="From when on readers see the story.",
    )
    embargo_until = MomentField(
        null=True,
        blank=True,
        help_text="Nobody outside the desk sees the story before this moment, whatever its state.",
    )
    withdraw_at = MomentField(
        null=True,
        blank=True,
        help_text="Readers no longer see the story from this moment on. Empty, it stays.",
    )
    revised_at = MomentField(
        null=True,
        blank=True,
        verbose_name="revised",
        help_text="Shown to readers as “Updated”: for a change of substance, not for a comma.",
    )
    image = models.ForeignKey(
        "Image",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        help_text="The picture on top of the story and in lists.",
    )
    tags = TaggableManager(
        through=TaggedArticle,
        blank=True,
        help_text="What the story is about. Stories that share a rare tag are shown as related.",
    )
    authors = models.ManyToManyField("Author", through="Byline", related_name="articles")
    picks = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="picked_by",
        help_text="Stories to show first under “Related”, picked by hand.",
    )
    origin_publisher = LineField(
        max_length=200,
        blank=True,
        verbose_name="first published by",
        help_text="If the story ran elsewhere first.",
    )
    origin_headline = LineField(max_length=300, blank=True, verbose_name="headline there")
    origin_link = WebAddressField(blank=True, verbose_name="link to it")
    credit_line = LineField(
        max_length=300,
        blank=True,
        help_text="Printed under the story, for example: Originally published by …",
    )
    canonical_link = WebAddressField(
        blank=True,
        help_text="Only if search engines should send readers to another copy of this story instead.",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="started by",
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = "story"
        verbose_name_plural = "stories"
        constraints = [
            not_empty("headline", "article_has_a_headline", "A story needs a headline."),
            not_empty("slug", "article_has_a_slug", "A story needs a slug."),
            one_of("kind", ArticleKind, "article_kind_is_known"),
            one_of("status", ArticleStatus, "article_status_is_known"),
            models.CheckConstraint(
                condition=~Q(status__in=["scheduled", "published"]) | Q(published_at__isnull=False),
                name="published_article_has_a_date",
                violation_error_message="A published or scheduled story needs the moment it goes out.",
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="article_version_counts_up"),
        ]
        indexes = [
            # With all that lists and readers' pages narrow by, so that stories are passed over without being read, bodies
            # and all. Newest first leads: an index that led by status would be sorted anew for every page.
            models.Index(
                fields=[
                    "-published_at",
                    "-id",
                    "status",
                    "embargo_until",
                    "withdraw_at",
                    "section",
                    "kind",
                ],
                name="article_newest",
            ),
            models.Index(
                fields=["section", "-published_at", "-id", "status"], name="article_newest_in_section"
            ),
            models.Index(fields=["status", "published_at"], name="article_by_status"),
            models.Index(fields=["headline", "deck", "status", "published_at"], name="article_words"),
            models.Index(
                fields=["embargo_until"], name="article_embargoes", condition=Q(embargo_until__isnull=False)
            ),
            models.Index(fields=["withdraw_at"], name="article_ends", condition=Q(withdraw_at__isnull=False)),
        ]
        permissions = [
            ("submit_article", "Can hand in a story for review"),
            ("review_article", "Can edit other people's stories and send them back"),
            ("publish_article", "Can publish and schedule stories"),
            ("withdraw_article", "Can withdraw published stories"),
            ("approve_unnamed_source", "Can agree to not naming a source"),
        ]

    def __str__(self):
        return self.headline

    def get_absolute_url(self):
        return reverse("article", args=[self.slug])

    def goes_out_at(self):
        """From when on readers see it: date and embargo both reached. None for a story that is not on its way."""
        if self.status not in ArticleStatus.going_out() or self.published_at is None:
            return None
        moment = max(self.published_at, self.embargo_until or self.published_at)
        return moment if self.withdraw_at is None or moment < self.withdraw_at else None

    def is_public(self, at=None) -> bool:
        """The same rule as `ArticleQuerySet.published`, for this row as it stands in memory."""
        at = at or clock.now()
        moment = self.goes_out_at()
        return moment is not None and moment <= at and (self.withdraw_at is None or at < self.withdraw_at)


class FormerSlug(Keyed):
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="former_slugs")
    slug = SlugField()

    class Meta:
        ordering = ["slug"]
        constraints = [not_empty("slug", "former_slug_has_a_slug", "An old address needs its slug.")]

    def __str__(self):
        return self.slug
