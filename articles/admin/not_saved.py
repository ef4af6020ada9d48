"""When a story cannot be saved: why, and nothing typed lost."""

import re

from django.forms import modelform_factory
from django.template.response import TemplateResponse

from articles.admin.article_form import ArticleForm
from articles.editorial import audit
from articles.editorial.open_forms import moment
from articles.editorial.workflow import in_words
from articles.models import Article

TYPED = ["headline", "deck", "body", "dateline", "credit_line"]
WORDS_OF_A_ROW = {
    "Quote": re.compile(r"quotes-\d+-text"),
    "Correction": re.compile(r"corrections-\d+-text"),
}


def not_saved(request, article, site):
    """The page for somebody who typed into a story that was moved out of their hands meanwhile."""
    form = modelform_factory(Article, form=ArticleForm, fields=TYPED)(request.POST, instance=article)
    form.is_valid()
    touch = audit.last_touch(article)
    context = {
        **site.each_context(request),
        "title": "Not saved",
        "opts": Article._meta,
        "story": article,
        "standing": in_words(article),
        "touch": touch,
        "when": moment(touch.at) if touch else "",
        "typed": [row for row in form.differences() if row.mine],
        "rows": typed_rows(request.POST),
    }
    return TemplateResponse(request, "admin/articles/article/not_saved.html", context, status=403)


def typed_rows(posted) -> list[tuple[str, str]]:
    """The words of each quote and each correction in the form: “Quote 1” and what was typed there."""
    found = []
    for noun, pattern in WORDS_OF_A_ROW.items():
        words = [value for name, value in posted.items() if pattern.fullmatch(name) and value]
        found += [(f"{noun} {number}", text) for number, text in enumerate(words, start=1)]
    return found
