"""What an open form and the desk tell each other: who is there, what was typed, and that it came back.

The form's script posts to these addresses (see static/articles/desk/). Only who may change the story leaves text
there, and nobody is ever given what another person typed.
"""

import uuid
from functools import partial

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse, QueryDict
from django.urls import path, reverse
from django.utils import timezone

from articles.editorial import open_forms
from articles.models import Article

LARGEST_NUMBER = 2**31 - 1
FROM_THE_BROWSER = "browser"
#: What belongs to the page or to the press of a button, and not to the story.
NOT_TYPED = {"csrfmiddlewaretoken", "_recover", "_open_form"}


class Beat(forms.Form):
    """What a form tells of itself. Without `typed` there is nothing new; empty, nothing is unsaved."""

    key = forms.UUIDField()
    seen_version = forms.IntegerField(min_value=0, max_value=LARGEST_NUMBER)
    typed = forms.CharField(required=False, strip=False)
    told = forms.IntegerField(required=False, min_value=0, max_value=LARGEST_NUMBER)
    leaving = forms.BooleanField(required=False)


def open_form_urls(model_admin) -> list:
    """The addresses; they must stand before Django's own, which take any path for a story's number."""

    def address(route, view, name):
        return path(
            route,
            model_admin.admin_site.admin_view(partial(view, model_admin)),
            name=f"articles_article_{name}",
        )

    return [
        address("add/open/", heartbeat, "open_new"),
        address("add/let-go/", let_go, "let_go_new"),
        address("<path:object_id>/open/", heartbeat, "open"),
        address("<path:object_id>/let-go/", let_go, "let_go"),
    ]


def heartbeat(model_admin, request, object_id=None):
    """A form is open, or being closed. The answer says who else is there and whether its text is kept."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    article = story_at(model_admin, request, object_id)
    beat = Beat(request.POST)
    if not beat.is_valid():
        return JsonResponse({"errors": beat.errors}, status=400)
    told = beat.cleaned_data
    may_change = may_type(model_admin, request, article)
    typed = told["typed"] if may_change and "typed" in request.POST else None
    too_long = len(typed or "") > open_forms.LONGEST_TYPED
    try:
        heard = open_forms.note(
            told["key"],
            by=request.user,
            article=article,
            version=told["seen_version"],
            typed=None if too_long else typed,
        )
    except open_forms.SomebodyElses:
        return JsonResponse({"not_yours": True}, status=409)
    except open_forms.StoryIsGone as error:
        raise Http404 from error
    if told["leaving"]:
        open_forms.leave(told["key"], by=request.user)
    return JsonResponse(
        {
            "may_change": may_change,
            "too_long": too_long,
            "kept": heard.kept,
            "at": f"{timezone.localtime():%H:%M}",
            "people": [{"who": person.who, "text": str(person)} for person in heard.people],
            "elsewhere": any(person.is_me for person in heard.people),
            **moved_on(article, told),
        }
    )


def moved_on(article, told) -> dict:
    """What happened to the story since the form was opened or was last told."""
    if article is None:
        return {}
    news = article.version not in {told["seen_version"], told["told"]}
    return {
        "version": article.version,
        "happened": open_forms.what_happened(article) if news else "",
    }


def let_go(model_admin, request, object_id=None):
    """Somebody does not want what they typed and never saved."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    article = story_at(model_admin, request, object_id)
    key = key_in(request.POST)
    if key:
        try:
            open_forms.let_go(key, by=request.user, article=article)
        except open_forms.StoryIsGone as error:
            raise Http404 from error
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"let_go": True})
    return HttpResponseRedirect(form_address(article))


def saved(request, article) -> None:
    """The form was saved; `article` is the story it was opened on, None for a new one. Inside the transaction."""
    key = key_in(request.POST)
    if key:
        open_forms.let_go(key, by=request.user, article=article)


def recovered(request, article=None) -> QueryDict | None:
    """What is to stand in the form again, after “Bring it back”; None if it is kept no longer.

    With `_recover=browser` the fields come along, from the browser's own copy; otherwise what the desk keeps of
    that form is looked up, and only for whoever typed it, and for the story it was typed into.
    """
    if request.POST.get("_recover") == FROM_THE_BROWSER:
        key, fields = key_in(request.POST), request.POST.copy()
    else:
        key = key_in(request.POST, "_recover")
        typed = open_forms.typed_in(key, by=request.user, article=article) if key else ""
        fields = QueryDict(typed, mutable=True)
    for name in NOT_TYPED:
        fields.pop(name, None)
    if fields and key:
        fields["_open_form"] = str(key)  # the page goes on as the form it was typed into
    return fields or None


def open_form(model_admin, request, article) -> dict:
    """Template values for `open_forms.html`: the page's own form, who else is there, and what was never saved."""
    key = key_in(request.POST)
    if key is None or open_forms.is_somebody_elses(key, by=request.user):
        key = uuid.uuid4()
    now = timezone.now()
    kept = open_forms.typed_by(request.user, article, apart_from=key)
    return {
        "key": key,
        "story": article.pk if article else "new",
        "person": request.user.get_username(),
        "version": article.version if article else 0,
        "may_change": may_type(model_admin, request, article),
        "unsaved": request.method == "POST",
        "people": open_forms.who_else(article, key, by=request.user) if article else [],
        "offers": [
            {"key": form.key, "typed_at": form.typed_at, "is_open": open_forms.is_open(form, at=now)}
            for form in kept
        ],
        "kept": [{"key": str(form.key), "typed": form.typed} for form in kept],
        "let_go": [str(gone) for gone in open_forms.let_go_by(request.user, article)],
        "zone": timezone.get_current_timezone_name(),
        "token_cookie": settings.CSRF_COOKIE_NAME,
        **addresses(article),
    }


def addresses(article) -> dict:
    if article is None:
        names, args = ("add", "open_new", "let_go_new"), []
    else:
        names, args = ("change", "open", "let_go"), [article.pk]
    form, beat, gone = (reverse(f"admin:articles_article_{name}", args=args) for name in names)
    return {"form_address": form, "beat_address": beat, "let_go_address": gone}


def form_address(article) -> str:
    return addresses(article)["form_address"]


def story_at(model_admin, request, object_id):
    """The story, without its text and never locked; None for a new one. Only for who may see it, or begin one."""
    if object_id is None:
        if not model_admin.has_add_permission(request):
            raise PermissionDenied
        return None
    try:
        number = Article._meta.pk.to_python(object_id)
    except ValidationError as error:
        raise Http404 from error
    article = model_admin.get_queryset(request).prefetch_related(None).defer("body").filter(pk=number).first()
    if article is None:
        raise Http404
    if not model_admin.has_view_permission(request, article):
        raise PermissionDenied
    return article


def may_type(model_admin, request, article) -> bool:
    if article is None:
        return model_admin.has_add_permission(request)
    return model_admin.has_change_permission(request, article)


def key_in(posted, name: str = "_open_form") -> uuid.UUID | None:
    try:
        return uuid.UUID(posted.get(name, ""))
    except ValueError:
        return None
