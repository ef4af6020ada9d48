"""Who may move and edit a story."""

import datetime as dt

from articles.editorial.workflow.standing import standing
from articles.editorial.workflow.table import STEPS, Step
from articles.models import Article, ArticleStatus


def steps_for(article: Article, *, by, at: dt.datetime | None = None) -> list[Step]:
    """The steps this person may take with this story now, in the table's order."""
    status = standing(article, at)
    return [row for row in STEPS.values() if status in row.sources and may_take(row, article, by=by)]


def may_take(row: Step, article: Article, *, by) -> bool:
    """Whether the person has the right: the step's permission, and for a story of somebody else the editor's."""
    if not by.has_perm(row.permission) or not by.has_perm("articles.change_article"):
        return False
    edits_everything = by.has_perm("articles.review_article")
    if row.for_its_author:
        return article.created_by_id == by.pk and not edits_everything
    return edits_everything or (article.created_by_id == by.pk and article.status == ArticleStatus.DRAFT)


def may_edit(article: Article, *, by) -> bool:
    """A reporter edits the stories they started while they are drafts; an editor edits all outside the bin."""
    if not by.has_perm("articles.change_article") or article.status == ArticleStatus.BINNED:
        return False
    return by.has_perm("articles.review_article") or (
        article.created_by_id == by.pk and article.status == ArticleStatus.DRAFT
    )
