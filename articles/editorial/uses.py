"""Where a row is used: what keeps it from being deleted, and what goes with it when it is."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.apps import apps
from django.db.models import PROTECT, RESTRICT, Count, ForeignKey, ManyToOneRel, Model, QuerySet, Window
from django.db.models.functions import RowNumber

from articles.editorial.revisions.fragment import Fragment
from articles.editorial.revisions.keeping import kept_in
from articles.models import Article, LiveDraft, Tag

#: For each column that leads to something people delete: where the row with that column has its place (a lookup
#: from it, "" for the row itself), and what is said of the places. None: nobody has to know.
WORDS = {
    "articles.quote.source": ("article", "Quoted in {places}"),
    "articles.quote.reported_by": ("article", "Named as who reported a quote in {places}"),
    "articles.quote.statement": ("article", "Quoted in {places}"),
    "articles.quote.approved_by": ("article", "Agreed to not naming a source in {places}"),
    "articles.replyrequest.source": ("article", "Asked for comment in {places}"),
    "articles.affiliation.organisation": ("source", "Where {places} held a title"),
    "articles.affiliation.source": ("", "And with it {places}"),
    "articles.alias.source": ("", "And with it {places}"),
    "articles.byline.author": ("article", "In the byline of {places}"),
    "articles.article.section": ("", "The section of {places}"),
    "articles.article.image": ("", "On top of {places}"),
    "articles.illustration.image": ("article", "In the text of {places}"),
    "articles.taggedarticle.tag": ("content_object", "Taken off {places}"),
    "articles.tagsynonym.tag": ("", "And with it {places}"),
    "articles.author.user": ("", "No longer the account of {places}"),
    "articles.article.created_by": ("", "No longer known as who started {places}"),
    "auth.user_groups.group": ("user", "Taken from {places}"),
    "auth.user_groups.user": None,
    "auth.user_user_permissions.user": None,
    "auth.group_permissions.group": None,
    "admin.logentry.user": None,  # the desk keeps its own history, which outlives accounts
}
KEEPING, GOING = ("", "Used by {places}"), ("", "Cut off from {places}")


@dataclass(frozen=True)
class Relation:
    """A column through which rows of a noun are used."""

    column: ForeignKey
    place: str
    words: str

    @property
    def name(self) -> str:
        return f"{self.column.model._meta.label_lower}.{self.column.name}"

    @property
    def keeps(self) -> bool:
        """Whether a use keeps the row it leads to from being deleted."""
        return self.column.remote_field.on_delete in {PROTECT, RESTRICT}

    @property
    def noun(self) -> type[Model]:
        """What the places of use are: mostly stories."""
        model = self.column.model
        return model._meta.get_field(self.place).related_model if self.place else model


@dataclass
class Use:
    """All places in which one row is used in one way, as somebody sees them."""

    relation: Relation
    seen: int = 0
    unseen: int = 0
    #: The first of those that may be seen, each with how often it stands there.
    places: list[tuple[Model, int]] = field(default_factory=list)

    @property
    def more(self) -> int:
        return self.seen - len(self.places)

    def __str__(self):
        names = self.relation.noun._meta
        if not self.seen:
            return self.relation.words.format(places=f"{names.verbose_name_plural} you may not see")
        name = names.verbose_name if self.seen == 1 else names.verbose_name_plural
        return self.relation.words.format(places=f"{self.seen:,} {name}")


def relations_to(model: type[Model]) -> list[Relation]:
    """Every column that leads to rows of this model and that somebody who deletes one has to know of."""
    relations = []
    for found in model._meta.get_fields(include_hidden=True):
        if isinstance(found, ManyToOneRel):
            relation = Relation(found.field, "", "")
            words = WORDS.get(relation.name, KEEPING if relation.keeps else GOING)
            if words:
                relations.append(Relation(found.field, *words))
    return relations


def uses_of(
    things: Iterable[Model], *, visible: Callable[[type[Model]], QuerySet], at_most: int
) -> dict[int, list[Use]]:
    """How each of these rows of one model is used, by its key; what keeps it comes first.

    `visible` gives the rows of a model that the person who asks may see; of other places it is only said that
    there are some. At most `at_most` places of each use are named. The queries do not grow with the rows.
    """
    things = list(things)
    found = defaultdict(list)
    if things:
        for key, use in uses_in_drafts(things, visible, at_most).items():
            found[key].append(use)
    for relation in sorted(relations_to(type(things[0])), key=lambda row: not row.keeps) if things else ():
        for key, use in uses_through(relation, things, visible, at_most).items():
            found[key].append(use)
    return found


class InDrafts(Relation):
    """The use in a draft of a published story, of which no row tells yet."""

    keeps = True
    noun = Article


IN_DRAFTS = InDrafts(LiveDraft._meta.get_field("article"), "", "Named in the draft of {places}")


def uses_in_drafts(things, visible, at_most) -> dict[int, Use]:
    """Where a draft names a row that is no tag: published, it could not do without."""
    model, uses = type(things[0]), {}
    if model is Tag:
        return uses
    seen = set(visible(Article).filter(live_draft__isnull=False).values_list("pk", flat=True))
    for draft in LiveDraft.objects.select_related("article", "revision").order_by("-pk"):
        kept = kept_in(draft.revision)
        named = rows_named_in(kept, model) if kept else ()
        for thing in things:
            if thing.pk in named:
                use = uses.setdefault(thing.pk, Use(IN_DRAFTS))
                if draft.article_id not in seen:
                    use.unseen += 1
                    continue
                use.seen += 1
                if len(use.places) < at_most:
                    use.places.append((draft.article, 1))
    return uses


def rows_named_in(fragment: Fragment, model: type[Model]) -> set[int]:
    """The rows of a model that the story or one of its rows leads to."""
    named = set()
    for entry in fragment.entries:
        for column in apps.get_model(entry["model"])._meta.fields:
            if column.related_model is model and entry["fields"].get(column.name):
                named.add(fragment.number_of(model._meta.label_lower, entry["fields"][column.name]))
    return named


def uses_through(relation: Relation, things, visible, at_most) -> dict[int, Use]:
    thing, place = relation.column.attname, relation.place or "pk"
    rows = relation.column.model._base_manager.filter(**{f"{relation.column.name}__in": things}).order_by()
    everywhere = rows.values_list(thing).annotate(Count(place, distinct=True))
    uses = {key: Use(relation, unseen=number) for key, number in everywhere}
    if not uses:
        return uses
    in_places = (
        rows.filter(**{f"{place}__in": visible(relation.noun).order_by().values("pk")})
        .values(thing, place)
        .annotate(times=Count("pk"))
        .annotate(
            places=Window(Count("*"), partition_by=thing),
            rank=Window(RowNumber(), partition_by=thing, order_by=f"-{place}"),
        )
        .filter(rank__lte=at_most)
    )
    listed = sorted(in_places, key=lambda row: row["rank"])
    named = named_rows(relation.noun, {row[place] for row in listed})
    for row in listed:
        use = uses[row[thing]]
        if row["rank"] == 1:
            use.seen = row["places"]
            use.unseen -= use.seen
        if row[place] in named:  # and not gone since
            use.places.append((named[row[place]], row["times"]))
    return uses


def named_rows(model, keys) -> dict:
    """With what their names are made of."""
    rows = model._default_manager.filter(pk__in=keys).select_related()
    return (rows.defer("body") if model is Article else rows).in_bulk()
