"""When a story cannot be saved: why, and nothing typed lost."""

import re

from django.forms import modelform_factory
from django.template.response import TemplateResponse

from articles.admin.article_form import ArticleForm
from articles.editorial import audit
from articles.editorial.workflow import in_words
from articles.models import Article

TYPED = ["headline", "deck", "body", "dateline", "credit_line"]
WORDS_OF_A_QUOTE = re.compile(r"quotes-\d+-text")


class UnfitForReaders(Exception):  # noqa: N818 - read aloud, it is what happens
    """Readers see the story, and the save would take from it what they must not see it without."""

    def __init__(self, findings):
        super().__init__(" ".join(finding.text for finding in findings))
        self.findings = findings


def not_saved(request, article, site):
    """The page for somebody who typed into a story that was moved out of their hands meanwhile."""
    form = modelform_factory(Article, form=ArticleForm, fields=TYPED)(request.POST, instance=article)
    form.is_valid()
    quotes = [value for name, value in request.POST.items() if WORDS_OF_A_QUOTE.fullmatch(name) and value]
    context = {
        **site.each_context(request),
        "title": "Not saved",
        "opts": Article._meta,
        "story": article,
        "standing": in_words(article),
        "touch": audit.last_touch(article),
        "typed": [row for row in form.differences() if row.mine],
        "quotes": quotes,
    }
    return TemplateResponse(request, "admin/articles/article/not_saved.html", context, status=403)
