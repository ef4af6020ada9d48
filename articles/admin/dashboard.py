"""The desk's first page: what waits for whoever looks at it, each line one press from where it is mended."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from articles.editorial import dashboard
from articles.editorial.corrections import open_questions
from articles.editorial.edition import current_edition
from articles.editorial.newsroom_time import in_full
from articles.models import StatusChange, clock

A_FEW = 8
LIST = "admin:articles_article_changelist"
NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}


@dataclass(frozen=True)
class Line:
    """One thing on the page: where it leads, what it is called, and what else is good to know."""

    address: str
    title: str
    detail: str = ""


@dataclass(frozen=True)
class Panel:
    title: str
    empty: str
    lines: list[Line]
    #: Where all of them are, if the desk has a list of them.
    more: str = ""


def desk_at_a_glance(user) -> dict:
    """Template values of the first page; nothing for somebody who may not see stories."""
    if not user.has_perm("articles.view_article"):
        return {}
    at = clock.now()
    edition = current_edition(at)
    return {
        "next_change": edition and edition.next_change_at and in_full(edition.next_change_at),
        "now_in": timezone.localtime(at).tzname(),
        "edition": edition,
        "panels": [panel for panel in panels(user, at) if panel.lines or panel.empty],
        "steps": StatusChange.objects.select_related("article")
        .defer("article__body")
        .order_by("-at", "-pk")[:A_FEW],
    }


def panels(user, at) -> list[Panel]:
    due = list(dashboard.going_out_today(at))
    today = [story for story in due if dashboard.is_today(story.goes_out, at)]
    return [
        Panel("Typed and never saved", "", [typed_line(form) for form in dashboard.never_saved(user)]),
        Panel(
            "My drafts",
            "You have no drafts.",
            [story_line(story) for story in dashboard.drafts_of(user)],
            f"{reverse(LIST)}?status=draft",
        ),
        Panel(
            "Waiting for review",
            "Nothing waits for review.",
            [story_line(story) for story in dashboard.waiting_for_review()],
            f"{reverse(LIST)}?status=review",
        ),
        Panel(
            "Scheduled today",
            "Nothing goes out by itself today.",
            [going_out_line(story) for story in today],
            reverse("admin:calendar"),
        ),
        Panel("Going out later", "", [going_out_line(story) for story in due if story not in today]),
        Panel(
            "Changes readers do not see yet",
            "",
            [draft_line(draft) for draft in dashboard.drafts_of_live_stories()],
        ),
        Panel(
            "Recently published",
            "Nothing is published yet.",
            [published_line(story) for story in dashboard.recently_published(at)],
            f"{reverse(LIST)}?status=published",
        ),
        Panel(
            "Quotes that do not match",
            "Every quote looked at stands in its story.",
            [mismatch_line(found) for found in dashboard.quotes_that_do_not_match(at)],
        ),
        Panel(
            "Requests for comment unanswered",
            "Nobody owes an answer.",
            [request_line(request, at) for request in dashboard.requests_unanswered()],
            f"{reverse('admin:articles_replyrequest_changelist')}?outcome__exact=waiting",
        ),
        Panel(
            "Changes readers may have to be told of",
            "",
            [question_line(revision) for revision in open_questions()[:A_FEW]],
        ),
        Panel(
            "Corrections", "", [correction_line(correction) for correction in dashboard.recent_corrections()]
        ),
    ]


def form_of(article, anchor="") -> str:
    return reverse("admin:articles_article_change", args=[article.pk]) + anchor


def moment(at) -> str:
    """“today, 16:59”: what is near is told by its day's name."""
    local = timezone.localtime(at)
    day = NEAR.get((local.date() - timezone.localdate(clock.now())).days)
    return f"{day}, {local:%H:%M}" if day else date_format(local, "DATETIME_FORMAT")


def story_line(story) -> Line:
    return Line(form_of(story), str(story), str(story.section or "no section"))


def going_out_line(story) -> Line:
    return Line(form_of(story), str(story), f"{story.section or 'no section'}, {moment(story.goes_out)}")


def published_line(story) -> Line:
    return Line(form_of(story), str(story), f"{story.section or 'no section'}, {moment(story.goes_out_at())}")


def draft_line(draft) -> Line:
    return Line(
        form_of(draft.article), str(draft.article), f"{draft.revision.by_name}, {moment(draft.revision.at)}"
    )


def typed_line(form) -> Line:
    address = form_of(form.article) if form.article else reverse("admin:articles_article_add")
    return Line(address, str(form.article or "A new story"), moment(form.typed_at) if form.typed_at else "")


def mismatch_line(found) -> Line:
    number = len(found.quotes)
    words = f"{number} quotes, the first: {found.quotes[0]}" if number > 1 else str(found.quotes[0])
    return Line(form_of(found.story, "#quotes-group"), str(found.story), words)


def request_line(request, at) -> Line:
    asked = ""
    if request.asked_on:
        days = (timezone.localdate(at) - request.asked_on).days
        asked = "asked today" if days <= 0 else "asked yesterday" if days == 1 else f"asked {days} days ago"
    return Line(
        form_of(request.article, "#reply_requests-group"), f"{request.source}: {request.article}", asked
    )


def question_line(revision) -> Line:
    address = reverse("admin:articles_article_told", args=[revision.article_id, revision.key])
    return Line(
        address,
        str(revision.article),
        f"{revision.note or revision}, {revision.by_name}, {moment(revision.at)}",
    )


def correction_line(correction) -> Line:
    return Line(
        form_of(correction.article, "#corrections-group"),
        str(correction),
        f"{correction.article}, {moment(correction.made_at)}",
    )
