"""How the form of a story is saved: tried out on the version it was opened on, brought together with what others
saved since, and only then written.

    1. the posted form is saved as if the story still were what the form showed: that gives "mine", and nothing else
    2. if somebody saved in between, mine and theirs are merged; what both changed is asked (`conflict`)
    3. the result becomes the story or, while readers see the story, its draft

So a save replaces nothing that its writer has not seen, whatever part of the form it touches.
"""

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from articles.admin import conflict, open_forms, workflow_panel
from articles.admin.not_saved import not_saved
from articles.admin.page import TRIES, DeskAdmin
from articles.editorial.corrections import may_answer
from articles.editorial.illustrations import bring_in_line
from articles.editorial.newsroom_time import in_full
from articles.editorial.revisions.comparing import compare
from articles.editorial.revisions.drafts import draft_fragment, draft_of
from articles.editorial.revisions.fragment import Fragment, fragment_of
from articles.editorial.revisions.keeping import keep, shown_at
from articles.editorial.revisions.merging import merge
from articles.editorial.revisions.putting_back import CannotPutBack, as_if
from articles.editorial.revisions.saving import UnfitForReaders, save, save_as_draft
from articles.editorial.seals import sealed_last
from articles.editorial.turns import in_the_queue
from articles.models import Article, Revision

PUBLISH_CHANGES = "_publish_changes"
RECOVER = "_recover"


class TriedOut(HttpResponse):
    """The form is right and was saved, as far as the transaction it was tried in can tell."""


class StorySaving(DeskAdmin):
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "POST" and RECOVER in request.POST and not self.bring_back(request, object_id):
            messages.warning(request, "What you typed there is kept no longer: it was saved, or let go of.")
            return HttpResponseRedirect(request.get_full_path())
        if object_id is None:
            return super().changeform_view(request, None, form_url, extra_context)
        if request.method == "POST":
            return self.save_story(request, object_id, form_url, extra_context)
        return self.show_story(request, object_id, form_url, extra_context)

    def bring_back(self, request, object_id) -> bool:
        """The fields that somebody typed and never saved, bound as if they were sent now, and not saved either.
        False if they are kept no longer."""
        article = object_id and self.get_object(request, object_id)
        typed = open_forms.recovered(request, article)
        if typed is None:
            return False
        request.brought_back = True
        request.POST = typed
        return True

    def show_story(self, request, object_id, form_url, extra_context):
        """The form on one version of the story: where somebody saves while it is made, it is made again."""
        for _ in range(TRIES):
            page = rendered(self.show_once(request, object_id, form_url, extra_context))
            shown = getattr(request, "version_shown", None)
            if shown is None or Article.objects.filter(pk=object_id, version=shown).exists():
                return page
        return page

    def show_once(self, request, object_id, form_url, extra_context):
        """The form on the story; on its draft if it has one and this person may go on writing it."""
        show = super().changeform_view
        article = self.get_object(request, object_id)
        # Read before anything else: rows that are newer are noticed, and older ones there are none.
        request.version_shown = article and article.version
        request.draft = article and draft_of(article)
        if request.draft and self.has_change_permission(request, article):
            try:
                with as_if(article, draft_fragment(request.draft)):
                    return rendered(show(request, object_id, form_url, extra_context))
            except CannotPutBack as refusal:
                messages.error(
                    request, f"The draft of this story cannot be shown, only what readers see. {refusal}"
                )
        request.story_just_read = article
        return show(request, object_id, form_url, extra_context)

    def save_story(self, request, object_id, form_url, extra_context):
        """Two people may ask for the same address at the same moment: whoever comes second tries once more."""
        for attempt in range(TRIES):
            try:
                with in_the_queue(), sealed_last():
                    return self.save_once(request, object_id, form_url, extra_context)
            except UnfitForReaders as refusal:
                # Everything is rolled back; the same form once more, now with what is wrong beside its fields.
                request.unfit_for_readers = refusal.findings
            except IntegrityError:
                if attempt == TRIES - 1:
                    raise
        raise AssertionError("a form with a refusal is never saved")

    def save_once(self, request, object_id, form_url, extra_context):
        article = self.get_object(request, object_id)
        if article is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        if self.has_lost_the_right(request, article):
            return not_saved(request, article, self.admin_site)
        draft, stands, seen = draft_of(article), fragment_of(article), request.POST.get("seen_version", "")
        shown = draft_fragment(draft) if draft else stands
        others_saved = seen != str(article.version)
        base = shown_at(article, int(seen)) if others_saved and is_version(seen, article) else None
        # A form that was opened on the story as it stands is tried out on it as it stands.
        opened_on = base or (shown if draft else None)
        answer, mine = self.try_out(request, article, opened_on, form_url, extra_context)
        if answer is not None:
            return answer
        if others_saved:
            together = merge(base, shown, mine)
            if together.conflicts:
                aside = self.set_aside(request, article, mine, seen)
                return conflict.page(self, request, article, aside, together)
            others = compare(base, shown).summary() if base else ""
            return self.finish(request, article, together.fragment, stands, others_saved=True, others=others)
        return self.finish(request, article, mine, stands)

    def try_out(self, request, article, base: Fragment | None, form_url, extra_context):
        """What the posted form makes of the story as it was opened; or the page that says what is wrong with it."""
        with as_if(article, base):
            request.is_tried_out = True
            answer = super().changeform_view(request, str(article.pk), form_url, extra_context)
            if not isinstance(answer, TriedOut):
                return rendered(answer), None
            article.refresh_from_db(fields=["body"])  # the form saved a copy of its own
            bring_in_line(article)
            return None, fragment_of(article)

    def set_aside(self, request, article, mine: Fragment, seen: str) -> Revision:
        """What was typed, kept among the versions until it is decided what becomes of it."""
        aside = keep(
            article,
            mine,
            by=request.user,
            kind=Revision.Kind.ASIDE,
            version=int(seen) if is_version(seen, article) else article.version,
            note="Typed while somebody else saved.",
        )
        open_forms.saved(request, article)
        return aside

    def finish(self, request, article, result: Fragment, stands=None, *, others_saved=False, others=""):
        """Writes the result where it belongs, says what happened, and takes the step that was asked for.

        `others`: what somebody else changed since the form was opened, in words. `stands`: the story as it is, where
        that was read already.
        """
        was_public = article.is_public()
        refusal = PUBLISH_CHANGES in request.POST and self.why_not_publish(request, article, others_saved)
        as_draft = was_public and (PUBLISH_CHANGES not in request.POST or bool(refusal))
        if as_draft and refusal:
            messages.error(request, refusal)
        revision = (save_as_draft if as_draft else save)(article, result, by=request.user, stands=stands)
        open_forms.saved(request, article)
        article.refresh_from_db()
        if was_public and not article.is_public() and article.embargo_until:
            messages.warning(
                request, f"Readers no longer see this story, until {in_full(article.embargo_until)}."
            )
        if others:
            messages.warning(
                request,
                f"{who_saved_before(article, revision)} saved this story after you opened it. Both changes are in it "
                f"now; theirs: {others}.",
            )
        if "_step" in request.POST:
            return self.take_step(request, article, others_saved=others_saved)
        if as_draft:
            return self.answer_of_a_draft(request, article, revision)
        if was_public and PUBLISH_CHANGES in request.POST:
            return self.answer_of_published_changes(request, article, revision)
        return self.answer(request, article)

    def answer_of_published_changes(self, request, article, revision):
        """To the question what readers are told if there is one, else back to the story."""
        if revision is None:
            messages.info(request, "Nothing was changed, so nothing was published.")
        elif article.is_public():
            messages.success(request, "The changes are published: readers see them now.")
        if (
            revision
            and revision.judgement == Revision.Judgement.OPEN
            and may_answer(article, by=request.user)
        ):
            return HttpResponseRedirect(told_address(revision))
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))

    def answer(self, request, article):
        request.is_tried_out = False
        return self.response_change(request, article)

    def answer_of_a_draft(self, request, article, revision):
        if revision is None:
            messages.info(request, "Nothing was changed, so nothing was saved.")
        else:
            messages.success(
                request, "Kept as a draft. Readers see the story as it was, until you publish the changes."
            )
        if "_save" in request.POST:
            return HttpResponseRedirect(reverse("admin:articles_article_changelist"))
        return HttpResponseRedirect(request.get_full_path())

    def take_step(self, request, article, *, others_saved):
        if others_saved:
            messages.error(
                request,
                "The step was not taken: the story holds changes of somebody else that you have not seen yet. Look it "
                "over, then press the button again.",
            )
        else:
            workflow_panel.take_the_asked_step(request, article)
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))

    def why_not_publish(self, request, article, others_saved) -> str:
        if not self.may_publish_changes(request):
            return "Only somebody who may publish stories changes what readers see."
        if others_saved and draft_of(article):
            return (
                "Nothing was published: the draft holds changes of somebody else that you have not seen yet. Look it "
                "over, then press “Publish changes” again."
            )
        return ""

    def may_publish_changes(self, request) -> bool:
        return request.user.has_perm("articles.publish_article")

    # What Django calls while a form is saved. In a trial nothing of it counts.
    def log_change(self, request, obj, message):
        """History is written when the result is (see `editorial.revisions.saving`)."""

    def log_addition(self, request, obj, message):
        bring_in_line(obj)
        keep(obj, fragment_of(obj), by=request.user, note="Begun.")
        open_forms.saved(request, None)
        super().log_addition(request, obj, message)

    def response_change(self, request, obj):
        if getattr(request, "is_tried_out", False):
            return TriedOut()
        return super().response_change(request, obj)

    def has_lost_the_right(self, request, article):
        """Whether somebody who writes here may only read this story by now, because it has been moved on."""
        writes = request.user.has_perm("articles.change_article") and self.has_view_permission(
            request, article
        )
        return writes and not self.has_change_permission(request, article)


def told_address(revision: Revision) -> str:
    """Where somebody is asked what to tell readers of a change of substance."""
    return reverse("admin:articles_article_told", args=[revision.article_id, revision.key])


def who_saved_before(article, revision) -> str:
    before = article.revisions.exclude(kind=Revision.Kind.ASIDE).exclude(pk=revision and revision.pk)
    last = before.order_by("-version", "-pk").first()
    return last.by_name if last else "Somebody else"


def rendered(answer):
    """Made now, while the story is as the page shows it."""
    return answer.render() if hasattr(answer, "render") else answer


def is_version(seen: str, article: Article) -> bool:
    return seen.isascii() and seen.isdecimal() and len(seen) < 10 and 0 < int(seen) <= article.version
