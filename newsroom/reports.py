"""What an error page of development may show."""

import re

from django.views.debug import SafeExceptionReporterFilter


class WithoutPasswords(SafeExceptionReporterFilter):
    """Hides the addresses of database and cache too: Django knows names like PASSWORD, but not these."""

    hidden_settings = re.compile(
        f"{SafeExceptionReporterFilter.hidden_settings.pattern}|DATABASE_URL|CACHE_URL|LOCATION",
        re.IGNORECASE,
    )
