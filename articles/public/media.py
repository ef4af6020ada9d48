"""Pictures: of public stories for everybody, the others for the desk."""

from django.core.exceptions import SuspiciousFileOperation
from django.db.models import Exists, OuterRef
from django.http import FileResponse, Http404
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from articles.models import Image, clock
from articles.public.page import ASK_EACH_TIME, KEEP_NOTHING, may_preview
from articles.public.preview import pictures_shared
from articles.public.visible import public_stories

#: What may be sent, and as what; a browser is told not to guess.
KINDS = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp"}


@require_safe
def media(request, path):
    """A file only if a picture is kept under exactly this name, so no path leads out of the folder."""
    kind = KINDS.get(path.rpartition(".")[2].lower())
    if kind is None or "\x00" in path:
        raise Http404
    pictures = Image.objects.filter(file=path)
    image = pictures.filter(in_a_public_story(clock.now())).first()
    preview = image is None and may_preview(request)
    if preview:
        image = pictures.first()
    if image is None and (shared := pictures_shared(request)):
        preview = True
        image = pictures.filter(slug__in=shared).first()
    if image is None:
        raise Http404
    try:
        response = FileResponse(image.file.open(), content_type=kind)
    except (OSError, SuspiciousFileOperation) as error:
        raise Http404 from error
    response["Cache-Control"] = KEEP_NOTHING if preview else ASK_EACH_TIME
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'"
    patch_vary_headers(response, ["Cookie"])
    return response


def in_a_public_story(at):
    """The condition that a picture opens a story readers may see, or stands in its text."""
    stories = public_stories(at)
    return Exists(stories.filter(image=OuterRef("pk"))) | Exists(
        stories.filter(illustrations__image=OuterRef("pk"))
    )
