"""Who is calling, seen through the proxies we trust."""

import ipaddress

from django.conf import settings


def client_address(request) -> str | None:
    """The reader's address: as many steps back in X-Forwarded-For as there are trusted proxies.

    What stands further left in that header was written by the caller and proves nothing. None where no
    address is known, as on a socket file: whoever asks may store the answer in a column of addresses.
    """
    steps = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if 0 < settings.PROXIES <= len(steps):
        return as_address(steps[-settings.PROXIES]) or as_address(request.META.get("REMOTE_ADDR", ""))
    return as_address(request.META.get("REMOTE_ADDR", ""))


def as_address(step: str) -> str | None:
    """The address in one step of the header; some proxies write the port behind it, or brackets around it."""
    step = step.strip()
    if step.startswith("["):
        step = step[1:].partition("]")[0]
    elif step.count(":") == 1:
        step = step.partition(":")[0]
    try:
        return str(ipaddress.ip_address(step.partition("%")[0]))
    except ValueError:
        return None
