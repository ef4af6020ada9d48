"""What is asked before a step that somebody may not mean: one with advice not yet taken, or one without a way back.

The question stands in the panel of the story's form, once; the button pressed there carries the answer.
"""

import hashlib
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join

from articles.admin.findings import anchor, shown
from articles.editorial.readiness import Finding
from articles.editorial.workflow import Step, what_is_advised
from articles.editorial.workflow.taking import what_falls_with
from articles.models import Article

KEPT_AS = "step_question"
ANYWAY = {"publish": "Publish anyway", "schedule": "Schedule anyway"}


@dataclass(frozen=True)
class Question:
    """Before `row` is taken with this story: `advice` to have seen, or a number to type."""

    row: Step
    article: Article
    advice: list[Finding]

    @property
    def token(self) -> str:
        """Stands for the advice that was shown: other advice is another question."""
        return hashlib.sha256("\n".join(finding.text for finding in self.advice).encode()).hexdigest()[:16]

    def is_answered(self, posted) -> bool:
        if self.row.deletes:
            return posted.get("_step_count", "").strip() == "1"
        return not self.advice or posted.get("_step_confirmed") == self.token

    @property
    def title(self) -> str:
        return f"{self.row.label}?"

    @property
    def says(self) -> str:
        if self.row.deletes:
            return f"“{self.article}” is then gone and cannot be restored. {what_falls_with(self.article)}".strip()
        number = len(self.advice)
        return f"{'One thing is' if number == 1 else f'{number} things are'} advised before readers see it."

    @property
    def button(self) -> str:
        return ANYWAY.get(self.row.name, self.row.label)

    def for_panel(self) -> dict:
        return {
            "step": self.row,
            "title": self.title,
            "says": self.says,
            "button": self.button,
            "token": self.token,
            "advice": shown(self.advice),
        }


def question_about(row: Step, article: Article) -> Question:
    return Question(row, article, what_is_advised(article, row.name))


def remember(request, question: Question, posted) -> None:
    """Keeps what was asked for until the form is shown again; a note is nobody's business in an address."""
    request.session[KEPT_AS] = {
        "article": question.article.pk,
        "version": question.article.version,
        "step": question.row.name,
        "note": posted.get("step_note", ""),
        "goes_out_at": posted.get("goes_out_at", ""),
    }


def asked(request, article) -> dict | None:
    """What was asked for last, if it was about this story as it is now. It is told once."""
    kept = request.session.pop(KEPT_AS, None)
    if kept and article and (kept["article"], kept["version"]) == (article.pk, article.version):
        return kept
    return None


def with_links(words: str, findings: list[Finding], page: str = ""):
    """The words and below them each finding as a link to its field, on this page or another."""
    if not findings:
        return words
    items = format_html_join(
        "", '<li><a href="{}#{}">{}</a></li>', ((page, anchor(finding), finding.text) for finding in findings)
    )
    return format_html('{} <ul class="message-findings">{}</ul>', words, items)
