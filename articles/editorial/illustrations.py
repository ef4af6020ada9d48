"""Pictures in the text of a story: the text says which, and rows keep them public and undeleted."""

from dataclasses import dataclass

from articles.markup import PICTURE
from articles.models import Article, Illustration, Image


@dataclass(frozen=True)
class Change:
    """Slugs of pictures a story has shown since, and of those it no longer shows."""

    added: tuple[str, ...]
    removed: tuple[str, ...]

    def __bool__(self):
        return bool(self.added or self.removed)


def pictures_in(body: str) -> list[str]:
    """The slugs of the pictures a text shows, each once, in the order of the text."""
    return list(dict.fromkeys(PICTURE.findall(body)))


def missing_pictures(body: str) -> list[str]:
    """Slugs a text names for a picture where no picture has them: readers would see nothing there."""
    slugs = pictures_in(body)
    known = set(Image.objects.filter(slug__in=slugs).values_list("slug", flat=True)) if slugs else ()
    return [slug for slug in slugs if slug not in known]


def bring_in_line(article: Article) -> Change:
    """Makes the story's illustrations those its text shows, and says what that changed. Call it wherever a text is
    saved, in the same transaction: a picture without its row is shown to nobody."""
    named = pictures_in(article.body)
    noted = {row.image.slug: row for row in article.illustrations.select_related("image")}
    gone = [row for slug, row in noted.items() if slug not in named]
    new = Image.objects.filter(slug__in=[slug for slug in named if slug not in noted]).order_by("slug")
    added = Illustration.objects.bulk_create([Illustration(article=article, image=image) for image in new])
    Illustration.objects.filter(pk__in=[row.pk for row in gone]).delete()
    return Change(
        tuple(row.image.slug for row in added),
        tuple(sorted(row.image.slug for row in gone)),
    )
