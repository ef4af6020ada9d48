"""The login, and who comes in and who goes, as Django and the guard at the login tell it."""

from axes.signals import user_locked_out
from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.forms import UsernameField
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from articles.editorial import logins


class LoginForm(AdminAuthenticationForm):
    """Django leaves it to the browser how long a name may be, and the guard cannot note down a longer one."""

    username = UsernameField(
        max_length=User._meta.get_field("username").max_length,
        widget=forms.TextInput(attrs={"autofocus": True}),
    )


@receiver(user_logged_in)
def came_in(sender, user, **told):
    logins.came_in(user)


@receiver(user_logged_out)
def went(sender, user, **told):
    if user is not None:  # a session that was over already
        logins.went(user)


@receiver(user_login_failed)
def turned_away(sender, credentials, request=None, **told):
    """Not those who are locked out. The guard, imported above, hears of it first and has marked them by now."""
    if not getattr(request, "axes_locked_out", False):
        logins.turned_away(credentials.get("username") or "")


@receiver(user_locked_out)
def locked_out(sender, username, **told):
    logins.locked_out(username or "")
