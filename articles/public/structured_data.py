"""What a story's page tells search engines, as schema.org's NewsArticle in JSON-LD."""

import json

from django.conf import settings
from django.utils import timezone
from django.utils.safestring import mark_safe

from articles.models import Author
from articles.public.page import absolute

#: Would end the script element or be read as markup; the escapes mean the same in JSON.
UNFIT_IN_A_SCRIPT = {ord(character): f"\\u{ord(character):04X}" for character in "<>&\u2028\u2029"}


def news_article(story, *, tags, corrections, pictures=()):
    """The story in schema.org's words; only what its page shows."""
    data = {
        "@context": "https://schema.org",
        "@type": "OpinionNewsArticle" if story.kind == story.Kind.OPINION else "NewsArticle",
        "headline": story.headline,
        "url": absolute(story.get_absolute_url()),
        "mainEntityOfPage": story.canonical_link or absolute(story.get_absolute_url()),
        "isAccessibleForFree": True,
        "publisher": {"@type": "NewsMediaOrganization", "name": settings.SITE_NAME, "url": absolute("/")},
        "author": [
            {
                "@type": "Organization" if row.author.kind == Author.Kind.DESK else "Person",
                "name": row.author.name,
                "url": absolute(row.author.get_absolute_url()),
            }
            for row in story.bylines.all()
        ],
        "keywords": [tag.name for tag in tags],
    }
    optional = {
        "description": story.deck,
        "articleSection": story.section.name if story.section else "",
        "datePublished": in_local_time(story.published_at),
        "dateModified": in_local_time(story.revised_at or story.published_at),
        "image": addresses_of([*filter(None, [story.image]), *pictures]),
        "creditText": story.credit_line,
        "correction": [correction_comment(story, notice) for notice in corrections],
    }
    return data | {key: value for key, value in optional.items() if value}


def addresses_of(images):
    """As schema.org has it: one address, or a list of several."""
    addresses = list(dict.fromkeys(absolute(image.file.url) for image in images))
    return addresses[0] if len(addresses) == 1 else addresses


def correction_comment(story, notice):
    return {
        "@type": "CorrectionComment",
        "name": notice.label,
        "text": notice.text,
        "datePublished": in_local_time(notice.made_at),
        "url": absolute(f"{story.get_absolute_url()}#{notice.anchor}"),
    }


def in_local_time(moment):
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else ""


def as_script(data):
    """The text of a `<script type="application/ld+json">` element."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(UNFIT_IN_A_SCRIPT))  # noqa: S308
