"""Brings the register up from whatever state it is in, and serves it until it is told to stop."""

import os
import secrets
import signal
import socket
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError, call_command
from django.db import Error, connection, connections
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.util import import_app

from registry.management import served
from registry.management.background import Background
from registry.management.static_files import collect_static_files
from registry.models import Change

HOST = "127.0.0.1"
ADMIN = "admin"


class Command(BaseCommand):
    """`make run`: database, records, static files, administrator, server; each only when it is needed."""

    help = (
        "Prepares the database and serves the register on 127.0.0.1. PORT chooses another port than 8000, "
        "ADMIN_PASSWORD the first password of the administrator."
    )

    def handle(self, **options) -> None:
        port = free_port(os.environ.get("PORT") or "8000")
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.default_int_handler)
        try:
            self.prepare()
            connections.close_all()  # a worker must not share ours
            self.noted = served.note(settings.MEDIA_ROOT, port)
            self.say("Background work: a worker runs beside the server, and ends with it.")
            Server(port, self.welcome, Background(self.say)).run()
        except KeyboardInterrupt:
            self.say("Stopped.")

    def prepare(self) -> None:
        try:
            connection.ensure_connection()
        except Error as error:  # also a PostgreSQL that is too old for Django
            raise CommandError(f"The database cannot be used: {error}") from error
        self.say("Database: migrating ...")
        call_command("migrate", interactive=False, verbosity=0)
        password = self.first_password()
        if not Change.objects.exists():
            self.say("Records: loading those of the articles ...")
            call_command("seed")
        if collect_static_files():
            self.say("Static files: collected.")
        if password:
            get_user_model().objects.create_superuser(ADMIN, password=password)
            shown = "as ADMIN_PASSWORD says" if os.environ.get("ADMIN_PASSWORD") else f"{password} (not shown again)"
            self.say(f"Administrator: user {ADMIN}, password {shown}")

    def first_password(self) -> str:
        """For the administrator to be made; empty when there is one. Refuses a given one that is too weak."""
        user_model, given = get_user_model(), os.environ.get("ADMIN_PASSWORD")
        if user_model.objects.filter(is_superuser=True).exists():
            if given:
                self.say("ADMIN_PASSWORD is not used: there is an administrator already.")
            return ""
        if user_model.objects.filter(username=ADMIN).exists():
            raise CommandError(f"User {ADMIN} is no superuser, and nobody else is: run manage.py createsuperuser.")
        if not given:
            return secrets.token_urlsafe(15)
        try:
            validate_password(given, user_model(username=ADMIN))
        except ValidationError as error:
            raise CommandError("ADMIN_PASSWORD is refused. " + " ".join(error.messages)) from error
        return given

    def welcome(self, port: int) -> None:
        at = f"http://{HOST}:{port}"
        self.say(
            f"The register is at {at}/\n  API       {at}/api/v1/\n  API docs  {at}/api/docs/\n"
            f"  Admin     {at}/admin/\nCtrl-C stops it."
        )

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()  # or a forked worker would print it again


class Server(BaseApplication):
    """Gunicorn in this process, so that one signal and one exit code tell the whole story."""

    def __init__(self, port: int, ready: Callable[[int], None], background: Background) -> None:
        self.port, self.ready, self.background = port, ready, background
        super().__init__()

    def load_config(self) -> None:
        settings = {
            "bind": f"{HOST}:{self.port}",
            "worker_class": "gthread",
            "threads": 4,
            "graceful_timeout": 10,
            "loglevel": "warning",
            "control_socket_disable": True,
            "when_ready": lambda arbiter: self.ready(self.port),
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self):
        return import_app("heritage.wsgi:application")

    def run(self) -> None:
        self.background.keep()
        EndingArbiter(self).run()


class EndingArbiter(Arbiter):
    """Ends when its terminal is closed, instead of starting anew unseen; the background worker runs while it does."""

    handle_hup = Arbiter.handle_term

    def manage_workers(self) -> None:
        """Called about once a second."""
        super().manage_workers()
        self.app.background.keep()

    def stop(self, graceful: bool = True) -> None:
        super().stop(graceful)
        self.app.background.end()


def free_port(given: str) -> int:
    """The port as a number. Raises CommandError when it is none, or cannot be had."""
    if not (given.isdecimal() and 0 < int(given) < 65536):
        raise CommandError(f"PORT is {given}; it must be a number from 1 to 65535.")
    port = int(given)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} cannot be used: {error.strerror}.\n"
                f"Stop what uses it, or choose another: make run PORT={port + 1 if port < 65535 else 8000}"
            ) from error
    return port
