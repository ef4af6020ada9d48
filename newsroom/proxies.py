"""Who is calling, seen through the proxies we trust."""

from django.conf import settings


def client_address(request) -> str:
    """The reader's address: as many steps back in X-Forwarded-For as there are trusted proxies.

    What stands further left in that header was written by the caller and proves nothing.
    """
    steps = [step.strip() for step in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if step.strip()]
    if settings.PROXIES and len(steps) >= settings.PROXIES:
        return steps[-settings.PROXIES]
    return request.META.get("REMOTE_ADDR", "")
