"""Source: whoever or whatever can be cited; Alias: another name for it; Affiliation: a title somewhere."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from articles.fields import DayField, LineField, PlainTextField, WebAddressField
from articles.models.keyed import Keyed, KeyedQuerySet, SlugField, not_empty, one_of


class SourceKind(models.TextChoices):
    PERSON = "person", "person"
    ORGANISATION = "organisation", "organisation"
    GROUP = "group", "group"
    DOCUMENT = "document", "document"
    PUBLICATION = "publication", "publication"


class Source(Keyed):
    """What everybody may know about a source. What only some may know never becomes a column here:
    the filters of the admin would read it letter by letter."""

    Kind = SourceKind

    name = LineField(
        max_length=200,
        help_text=(
            "The full name, as readers should see it. For a source you promised not to name, write a "
            "description instead; everyone on the desk can read this."
        ),
    )
    slug = SlugField(
        help_text="Part of the address of the source's page. Changing it breaks links to that page."
    )
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.PERSON)
    description = PlainTextField(
        blank=True, help_text="Who or what this is, in a sentence or two for readers."
    )
    website = WebAddressField(blank=True)

    class Meta:
        ordering = ["name", "slug"]
        constraints = [
            not_empty("name", "source_has_a_name", "A source needs a name."),
            not_empty("slug", "source_has_a_slug", "A source needs a slug."),
            one_of("kind", SourceKind, "source_kind_is_known"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("source", args=[self.slug])


class Alias(Keyed):
    key_lookups = ("source__slug", "name")

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="aliases")
    name = LineField(max_length=200, help_text="Another name the source goes by, for example: CBP.")

    class Meta:
        verbose_name_plural = "aliases"
        ordering = ["name", "pk"]
        constraints = [
            not_empty("name", "alias_has_a_name", "An alias needs a name."),
            models.UniqueConstraint(
                fields=["source", "name"],
                name="alias_is_listed_once_per_source",
                violation_error_message="This source has that alias already.",
            ),
        ]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (*self.source.natural_key(), self.name)

    natural_key.dependencies = ["articles.source"]


class AffiliationQuerySet(KeyedQuerySet):
    def held_on(self, day):
        """Titles held on that day, as far as dates are known."""
        return self.filter(
            Q(started_on=None) | Q(started_on__lte=day),
            Q(ended_on=None) | Q(ended_on__gte=day),
        )


class Affiliation(Keyed):
    key_lookups = ("source__slug", "organisation__slug", "title")

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="affiliations")
    organisation = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="people", help_text="Where the title is held."
    )
    title = LineField(max_length=200, help_text="As it stood at the time, for example: co-chief executive.")
    started_on = DayField(
        null=True, blank=True, help_text="First day in this title; empty if you do not know."
    )
    ended_on = DayField(
        null=True, blank=True, help_text="Last day in this title; empty if you do not know or it goes on."
    )
    known_on = DayField(
        null=True,
        blank=True,
        help_text="A day on which this was reported to be so, for example that of the story.",
    )

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        ordering = ["started_on", "known_on", "pk"]
        constraints = [
            not_empty("title", "affiliation_has_a_title", "An affiliation needs a title."),
            models.UniqueConstraint(
                fields=["source", "organisation", "title"],
                name="affiliation_is_listed_once",
                violation_error_message="This source has that title in that organisation already.",
            ),
            models.CheckConstraint(
                condition=Q(started_on=None) | Q(ended_on=None) | Q(started_on__lte=F("ended_on")),
                name="affiliation_ends_after_it_starts",
                violation_error_message="The last day lies before the first day.",
            ),
            models.CheckConstraint(
                condition=~Q(source=F("organisation")),
                name="affiliation_is_with_another",
                violation_error_message="A source cannot hold a title in itself.",
            ),
        ]

    def __str__(self):
        return f"{self.title}, {self.organisation}"

    def natural_key(self):
        return (*self.source.natural_key(), *self.organisation.natural_key(), self.title)

    natural_key.dependencies = ["articles.source"]

    def was_held_on(self, day) -> bool:
        """The same rule as `AffiliationQuerySet.held_on`, for rows already in memory."""
        return not (self.started_on and day < self.started_on) and not (self.ended_on and day > self.ended_on)
