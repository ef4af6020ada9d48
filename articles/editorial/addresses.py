"""Makes slugs, and keeps the addresses that readers already have."""

import re
import unicodedata

from django.db.models import Model, Q
from django.utils.text import slugify

from articles.models import Article, FormerSlug, Quote, clock

LONGEST = 80
FEW_WORDS = 6


def free_slug(model: type[Model], words: str, *, apart_from: Model | None = None, otherwise: str = "") -> str:
    """A slug made from words that no other row of the model uses; never empty.

    Letters of every script stay (a Greek headline gives a Greek slug); words without any letter or digit
    fall back to `otherwise`, then to the model's own name.
    """
    base = shorten(slugify(unicodedata.normalize("NFKC", words).casefold(), allow_unicode=True))
    base = base or slugify(otherwise, allow_unicode=True) or slugify(model._meta.verbose_name)
    others = model._default_manager.exclude(pk=apart_from.pk if apart_from else None)
    taken = set(others.filter(slug__startswith=base).values_list("slug", flat=True))
    if model is Article:
        former = FormerSlug.objects.exclude(article_id=apart_from.pk if apart_from else None)
        taken |= set(former.filter(slug__startswith=base).values_list("slug", flat=True))
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def shorten(slug: str) -> str:
    """At most `LONGEST` characters, cut between words where there is a hyphen to cut at."""
    if len(slug) <= LONGEST:
        return slug
    return slug[:LONGEST].rsplit("-", 1)[0] if "-" in slug[:LONGEST] else slug[:LONGEST]


def quote_slug(quote: Quote) -> str:
    """A quote's address: who said it and the first words."""
    words = " ".join(re.findall(r"\w+", quote.text)[:FEW_WORDS])
    who = quote.source.name if quote.is_named else "unnamed"
    return free_slug(Quote, f"{who} {words}", apart_from=quote)


def keep_old_address(article: Article, *, was: str) -> None:
    """After a change of slug: the old address leads to the new one, and no other story may take it.

    An address readers never saw is not kept.
    """
    FormerSlug.objects.filter(article=article, slug=article.slug).delete()
    if was and was != article.slug and readers_saw(article):
        FormerSlug.objects.update_or_create(slug=was, defaults={"article": article})


def readers_saw(article: Article) -> bool:
    """Whether the story was ever public. Scheduled anew, it has a date that lies ahead again; its history tells."""
    if article.published_at and article.published_at <= clock.now():
        return True
    out = [Article.Status.PUBLISHED, Article.Status.WITHDRAWN]
    return article.status_changes.filter(Q(from_status__in=out) | Q(to_status__in=out)).exists()


def who_has(slug: str, *, apart_from: Article) -> str:
    """Why a story cannot have this address, in words; empty if it can."""
    other = Article.objects.exclude(pk=apart_from.pk).filter(slug=slug).first()
    if other:
        return f"“{other}” has this address. Choose another."
    former = (
        FormerSlug.objects.exclude(article_id=apart_from.pk)
        .filter(slug=slug)
        .select_related("article")
        .first()
    )
    if former:
        return f"This address still leads readers to “{former.article}”, which had it before. Choose another."
    return ""
