"""What every answer carries, whoever gives it: a page, a file, or the refusal of a middleware."""


def safe_to_show_and_to_keep(get_response):
    """No browser guesses what an answer is, and nobody keeps a refusal.

    A cache may keep a 404 as long as it likes unless told not to (RFC 9111, section 4.2.2), and a story whose
    time has come would stay unknown there.
    """

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        if response.status_code >= 400:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware
