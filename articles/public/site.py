"""What every page needs to know about the site itself."""

from django.conf import settings


def site(request):
    """Template values: the newspaper's name and public address."""
    return {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL}
