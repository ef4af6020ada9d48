"""The table of steps."""

from dataclasses import dataclass

from articles.models import ArticleStatus

DRAFT = ArticleStatus.DRAFT
IN_REVIEW = ArticleStatus.IN_REVIEW
SCHEDULED = ArticleStatus.SCHEDULED
PUBLISHED = ArticleStatus.PUBLISHED
WITHDRAWN = ArticleStatus.WITHDRAWN
BINNED = ArticleStatus.BINNED


@dataclass(frozen=True)
class Step:
    """One way from state to state. `label` is the button; `tells` and `tells_of_many` say what it does to readers.

    `target`: None for the step after which there is no story any more.
    `for_its_author`: only the reporter who started the story takes it, though they may not edit it any more.
    `is_counted`: whoever takes it with several stories types how many; so does whoever deletes one.
    """

    name: str
    label: str
    tells: str
    tells_of_many: str
    sources: frozenset[ArticleStatus]
    target: ArticleStatus | None
    permission: str
    checks_readiness: bool = False
    needs_a_time: bool = False
    for_its_author: bool = False
    is_counted: bool = False

    @property
    def deletes(self) -> bool:
        return self.target is None


def step(name, label, tells, tells_of_many, sources, target, permission, **more) -> Step:
    return Step(
        name, label, tells, tells_of_many, frozenset(sources), target, f"articles.{permission}", **more
    )


STEPS = {
    row.name: row
    for row in (
        step(
            "submit",
            "Hand in for review",
            "Editors see it as waiting for review.",
            "Editors see them as waiting for review. Nothing changes for readers.",
            [DRAFT],
            IN_REVIEW,
            "submit_article",
        ),
        step(
            "publish",
            "Publish now",
            "Readers see it at once.",
            "Readers see them at once: on the site, in feeds and in searches.",
            [IN_REVIEW, SCHEDULED],
            PUBLISHED,
            "publish_article",
            checks_readiness=True,
            is_counted=True,
        ),
        step(
            "schedule",
            "Schedule",
            "Readers see it from the moment you set.",
            "Readers see all of them from the moment you set.",
            [IN_REVIEW, SCHEDULED],
            SCHEDULED,
            "publish_article",
            checks_readiness=True,
            needs_a_time=True,
            is_counted=True,
        ),
        step(
            "unschedule",
            "Take off the schedule",
            "It does not go out; it waits for review again.",
            "They do not go out; they wait for review again.",
            [SCHEDULED],
            IN_REVIEW,
            "publish_article",
            is_counted=True,
        ),
        step(
            "send_back",
            "Send back",
            "Its reporter can edit it again.",
            "They become drafts again. Those that are scheduled do not go out.",
            [IN_REVIEW, SCHEDULED],
            DRAFT,
            "review_article",
        ),
        step(
            "take_back",
            "Take back",
            "You can edit it again.",
            "They become your drafts again. Nothing changes for readers.",
            [IN_REVIEW],
            DRAFT,
            "submit_article",
            for_its_author=True,
        ),
        step(
            "withdraw",
            "Withdraw",
            "Readers no longer see it, anywhere.",
            "Readers no longer see them, anywhere, from now on.",
            [PUBLISHED],
            WITHDRAWN,
            "withdraw_article",
            is_counted=True,
        ),
        step(
            "reopen",
            "Reopen as draft",
            "It can be mended and published again.",
            "They can be mended and published again. Nothing changes for readers.",
            [WITHDRAWN],
            DRAFT,
            "review_article",
        ),
        step(
            "bin",
            "Move to the bin",
            "It can be restored from there.",
            "They can be restored from there. Those that are scheduled do not go out.",
            [DRAFT, IN_REVIEW, SCHEDULED, WITHDRAWN],
            BINNED,
            "submit_article",
        ),
        step(
            "restore",
            "Restore from the bin",
            "It can be edited again.",
            "They become drafts again. Nothing changes for readers.",
            [BINNED],
            DRAFT,
            "review_article",
        ),
        step(
            "empty",
            "Delete for good",
            "It cannot be restored.",
            "They cannot be restored.",
            [BINNED],
            None,
            "delete_article",
            is_counted=True,
        ),
    )
}
