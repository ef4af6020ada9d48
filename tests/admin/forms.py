"""Fills in an admin page's form as a browser would, from the page the server sent."""

from django.forms import ModelMultipleChoiceField, MultiWidget
from django.urls import reverse

LIST = "/admin/articles/article/"


def filled_in(response, **changes) -> dict:
    """What submitting the page's form untouched would send, with `changes` typed over it."""
    data = {}
    for bound in response.context["adminform"].form:
        data |= as_sent(bound)
    for inline in response.context.get("inline_admin_formsets") or []:
        for form in [inline.formset.management_form, *inline.formset.forms]:
            for bound in form:
                data |= as_sent(bound)
    return {**data, **changes}


def as_sent(bound) -> dict:
    value, widget = bound.value(), bound.field.widget
    if isinstance(widget, MultiWidget):
        parts = value if isinstance(value, list) else widget.decompress(value)
        return {f"{bound.html_name}_{n}": "" if part is None else str(part) for n, part in enumerate(parts)}
    if value is False or (value is None and isinstance(bound.field, ModelMultipleChoiceField)):
        return {}
    if value is None:
        return {bound.html_name: ""}
    if isinstance(value, (list, tuple)):
        return {bound.html_name: [str(part) for part in value]}
    return {bound.html_name: str(value)}


def add_row(data: dict, prefix: str, **values) -> dict:
    """The same with one more row in an inline, as after “Add another”."""
    number = int(data[f"{prefix}-TOTAL_FORMS"])
    row = {f"{prefix}-{number}-{name}": value for name, value in values.items()}
    return {**data, f"{prefix}-TOTAL_FORMS": str(number + 1), **row}


def page_of(article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def typed_into(client, article, **changes) -> dict:
    """What “Save and continue” would send from the story's form, opened now, with `changes` typed over it."""
    return {**filled_in(client.get(page_of(article))), "_continue": "1", **changes}


def save(client, article, button="_continue", **changes):
    """Opens the form, types the changes, presses the button; the page that comes after."""
    page = page_of(article)
    return client.post(page, filled_in(client.get(page), **{button: "1", **changes}), follow=True)


def messages(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]
