"""`manage.py demo`: from an empty folder to a newspaper one can read and edit, in one command."""

import os
import shlex
import socket
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection, connections
from django.urls import reverse

from articles.management.accounts import ACCOUNTS, WeakPasswordError, is_open, open_account, password_for
from articles.management.steps import Step
from articles.models import Article, Quote, Source

HOST = "127.0.0.1"
STOPPED = 130  # what a shell reports after Ctrl+C


class Command(BaseCommand):
    help = (
        "Sets up a newsroom with four stories, an editor and a reporter, and serves it on this machine. "
        "Run it again and it serves what is there: nothing is loaded, changed or reset a second time."
    )

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000, help="where to serve it (8000)")
        parser.add_argument("--no-serve", action="store_true", help="stop before serving")
        parser.add_argument(
            "--data", metavar="DIR", help="keep database, pictures, static files and key in this folder"
        )

    def handle(self, *, port, no_serve, data, **options):
        if settings.SITE_URL.startswith("https://"):
            raise CommandError(
                f"SITE_URL is {settings.SITE_URL}: a public site is no place for demonstration accounts. "
                "Unset it to try the newsroom on this machine."
            )
        if data and Path(data).expanduser().resolve() != settings.DATA_DIR:
            start_again_in(Path(data).expanduser().resolve())
        if not no_serve:
            make_sure_port_is_free(port)
        try:
            self.set_up(no_serve, port)
        except KeyboardInterrupt:
            raise CommandError("Stopped. Run it again to go on.", returncode=STOPPED) from None
        if not no_serve:
            serve(port)

    def set_up(self, no_serve, port):
        passwords = passwords_to_give()
        with Step("Preparing the database", self.stdout) as step:
            call_command("migrate", interactive=False, stdout=step, stderr=step)
        self.load_stories()
        with Step("Collecting style sheets and scripts", self.stdout) as step:
            call_command("collectstatic", interactive=False, verbosity=2, stdout=step, stderr=step)
        # Last, so that nothing comes between making a password and showing it.
        opened = self.open_accounts(passwords)
        if not no_serve:
            self.say_where(port)
        self.say_who(opened)
        self.stdout.write(f"\nEverything is kept in {settings.DATA_DIR}{database_elsewhere()}.")
        if no_serve:
            self.stdout.write(f"Serve it with: {command('demo')}")
        else:
            self.stdout.write("Stop it with Ctrl+C.")

    def load_stories(self):
        """All or nothing, and only into a newsroom without stories: what an editor made is never overwritten."""
        with Step("Loading the stories", self.stdout) as step:
            stories = Article.objects.count()
            if stories:
                step.result = f"not needed, there are {stories} already"
                return
            call_command("loadnews", settings.BASE_DIR / "fixtures", verbosity=2, stdout=step, stderr=step)
            step.result = (
                f"{Article.objects.count()} stories, {Quote.objects.count()} quotes, "
                f"{Source.objects.count()} sources"
            )

    def open_accounts(self, passwords):
        """Makes the accounts that are missing and returns their passwords by username."""
        opened = {}
        with Step("Opening the accounts", self.stdout) as step:
            for account in ACCOUNTS:
                if is_open(account):
                    continue
                try:
                    open_account(account, passwords[account])
                except Group.DoesNotExist as error:
                    raise CommandError(
                        f"There is no role “{account.role}”. Load the roles with: {command('loadnews fixtures/roles.json')}"
                    ) from error
                opened[account.username] = passwords[account]
            step.result = f"{len(opened)} new"
        return opened

    def say_where(self, port):
        address = site_url(port)
        story = Article.objects.published().newest_first().first()
        self.stdout.write(f"\n  Front page  {address}/")
        if story:
            self.stdout.write(f"  A story     {address}{story.get_absolute_url()}")
        self.stdout.write(f"  Editors     {address}{reverse('admin:index')}")

    def say_who(self, opened):
        self.stdout.write("")
        for account in ACCOUNTS:
            if account.username in opened:
                words = f"password {opened[account.username]}"
            else:
                words = f"exists; for a new password: {command(f'changepassword {account.username}')}"
            self.stdout.write(f"  {account.username:<10}  {account.title}, {words}")
        if opened:
            self.stdout.write("\nThe passwords are shown this once.")


def passwords_to_give():
    try:
        return {account: password_for(account) for account in ACCOUNTS}
    except WeakPasswordError as error:
        raise CommandError(str(error)) from error


def start_again_in(folder):
    """Settings are read at the start, so another folder needs another start."""
    sys.stdout.flush()
    os.execve(  # noqa: S606 - the very program that runs now, with one variable changed
        sys.executable, [sys.executable, *sys.orig_argv[1:]], {**os.environ, "DATA_DIR": str(folder)}
    )


def make_sure_port_is_free(port):
    if not 0 < port < 65536:
        raise CommandError(f"{port} is no port; choose one from 1024 to 65535.")
    with socket.socket() as trial:
        # As the server does: a port that was left a moment ago counts as free.
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} cannot be used ({error.strerror}). Choose another: {command('demo')} --port 8001"
            ) from error


def serve(port):
    """Turns this process into the server: Ctrl+C and every other signal reach it directly."""
    connections.close_all()
    sys.stdout.flush()
    os.chdir(settings.BASE_DIR)
    server = [sys.executable, "-m", "gunicorn", "-c", "python:newsroom.gunicorn"]
    os.execve(  # noqa: S606 - our own interpreter, no shell
        sys.executable,
        [*server, "--bind", f"{HOST}:{port}", "--log-level", "warning", "--graceful-timeout", "3"],
        {**os.environ, "SITE_URL": site_url(port), "DATA_DIR": str(settings.DATA_DIR)},
    )


def site_url(port):
    return f"http://{HOST}:{port}"


def database_elsewhere():
    name = connection.settings_dict["NAME"]
    if Path(name).parent == settings.DATA_DIR:
        return ""
    return f", but the words in the {connection.display_name} database {name}"


def command(words):
    """A command as it is typed here, for this folder."""
    python = Path(sys.executable)
    if python.is_relative_to(Path.cwd()):
        python = python.relative_to(Path.cwd())
    folder = f"DATA_DIR={shlex.quote(str(settings.DATA_DIR))} " if "DATA_DIR" in os.environ else ""
    return f"{folder}{shlex.quote(str(python))} manage.py {words}"
