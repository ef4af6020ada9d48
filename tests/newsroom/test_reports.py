"""What an error page of development shows of the settings and of the request."""

from newsroom.reports import WithoutPasswords

SHOWN = WithoutPasswords()


def test_addresses_that_hold_passwords_are_hidden():
    for name in ("DATABASE_URL", "CACHE_URL", "SECRET_KEY", "DEMO_EDITOR_PASSWORD"):
        assert (
            SHOWN.cleanse_setting(name, "postgres://ann:hunter2@127.0.0.1/news") == SHOWN.cleansed_substitute
        )


def test_a_password_deep_in_a_setting_is_hidden():
    caches = {"default": {"BACKEND": "RedisCache", "LOCATION": "redis://:hunter2@127.0.0.1"}}
    assert SHOWN.cleanse_setting("CACHES", caches) == {
        "default": {"BACKEND": "RedisCache", "LOCATION": SHOWN.cleansed_substitute}
    }


def test_what_helps_is_shown():
    assert SHOWN.cleanse_setting("SITE_URL", "http://127.0.0.1:8000") == "http://127.0.0.1:8000"


def test_the_error_pages_use_it(settings, rf):
    settings.DEBUG = True
    request = rf.get("/", DATABASE_URL="postgres://ann:hunter2@127.0.0.1/news")
    assert settings.DEFAULT_EXCEPTION_REPORTER_FILTER == "newsroom.reports.WithoutPasswords"
    assert "hunter2" not in str(SHOWN.get_safe_request_meta(request))
