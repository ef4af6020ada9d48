"""Every setting of the newsroom, read once from the environment (see the table in README.md)."""

from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from js_asset import static_lazy

from newsroom import environment, sqlite

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = environment.folder("DATA_DIR", BASE_DIR / ".data")

# Identity
SITE_NAME = environment.text("SITE_NAME", "The Newsroom")
SITE_URL = environment.site_url("SITE_URL", "http://127.0.0.1:8000")
ON_THE_AIR = SITE_URL.startswith("https://")
TIME_ZONE = environment.time_zone("TIME_ZONE", "America/Los_Angeles")
LANGUAGE_CODE = "en-us"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = "newsroom.formats"

# Safety
DEBUG = environment.yes_or_no("DEBUG", default=False)
if DEBUG and ON_THE_AIR:
    raise environment.stop(
        "DEBUG", "is on for a public site: error pages would show its inner workings.", "off"
    )
SECRET_KEY = environment.secret_key("SECRET_KEY", keep_in=None if ON_THE_AIR else DATA_DIR / "secret-key")
SECRET_KEY_FALLBACKS = environment.earlier_secret_keys("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = environment.hosts("ALLOWED_HOSTS", [environment.host_of(SITE_URL)])
if not ON_THE_AIR:
    ALLOWED_HOSTS = [*ALLOWED_HOSTS, "localhost", "127.0.0.1", "[::1]"]
PROXIES = environment.whole_number("PROXIES", default=None if ON_THE_AIR else 0, least=0, most=5)
if PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = ON_THE_AIR
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if ON_THE_AIR else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ON_THE_AIR
SECURE_HSTS_PRELOAD = ON_THE_AIR
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# The form of a story posts some fourteen fields for each quote: with Django's bounds one of 70 quotes, or a
# very long one, is answered with 400 and all that was typed is lost.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DEFAULT_EXCEPTION_REPORTER_FILTER = "newsroom.reports.WithoutPasswords"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ON_THE_AIR
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_NAME = "__Host-session" if ON_THE_AIR else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if ON_THE_AIR else "csrf"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        # The nonce is sent only on pages that ask for one: the forms of the admin.
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

INSTALLED_APPS = [
    # Before Django's own, so that its commands are found where both have one of that name.
    "newsroom.apps.NewsroomConfig",
    "articles",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "taggit",
    "django_prose_editor",
    "axes",
    "csp",
]
MIDDLEWARE = [
    # First what belongs on every answer: those behind answer by themselves (https, files, slashes, odd hosts).
    "newsroom.answers.safe_to_show_and_to_keep",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsroom.requests.without_control_characters",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",
    "newsroom.busy.try_again_when_busy",
]
ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "articles.public.site.site",
            ]
        },
    }
]

# What is kept, and where
DATABASES = {"default": environment.database("DATABASE_URL", file=DATA_DIR / "newsroom.sqlite3")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = sqlite.options(sqlite.use_the_safest_sqlite())
CACHES = {"default": environment.cache("CACHE_URL")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
SERIALIZATION_MODULES = {
    "json": "articles.editorial.fixtures.serialisers.json",
    "jsonl": "articles.editorial.fixtures.serialisers.jsonl",
    "xml": "articles.editorial.fixtures.serialisers.xml",
    "yaml": "articles.editorial.fixtures.serialisers.yaml",
}
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "media/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_URL = "static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "newsroom.static.StaticFiles"},
}
TAGGIT_CASE_INSENSITIVE = True
# What the body editor has beyond its own. What of it is stored, articles/fields.py says and nothing else, so the
# rules that belong here are never asked.
DJANGO_PROSE_EDITOR_EXTENSIONS = [
    {
        "js": [static_lazy("articles/body/editor.js")],
        "extensions": {
            name: lambda config, rules: None for name in ("QuoteMark", "Picture", "Paste", "Toolbar")
        },
    }
]

# Who may come in
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "admin:login"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "newsroom.proxies.client_address"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "admin/locked.html"
AXES_ENABLE_ADMIN = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO" if DEBUG else "WARNING"},
    "loggers": {
        # Without Django's own handler, which would print every line a second time.
        "django": {"handlers": [], "level": "INFO"},
        # Anybody can ask for any host; the answer is 400, and a traceback each time would bury the log.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
