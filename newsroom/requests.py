"""What a request may not carry: characters that no browser sends and that PostgreSQL refuses with an error."""

import re

from django.http import Http404
from django.views.defaults import bad_request

CONTROL = re.compile("[\x00-\x1f\x7f]")


def without_control_characters(get_response):
    """Answers an address with a NUL itself, and drops cookies nobody set: both end up in a database's query.

    An address with a NUL in its path is an unknown one; with a NUL behind the question mark it makes no sense.
    """

    def middleware(request):
        if "\x00" in request.path_info:
            raise Http404
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query or "\x00" in query:
            return bad_request(request, None)
        for name in [name for name, value in request.COOKIES.items() if CONTROL.search(f"{name}{value}")]:
            del request.COOKIES[name]
        return get_response(request)

    return middleware
