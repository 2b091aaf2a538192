#!/usr/bin/env python
"""Runs the commands of the register. With no DATABASE_URL it brings its own PostgreSQL for as long as it runs."""

import os
import sys
from importlib import import_module

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from heritage import embedded

# What needs no database must not wait for one.
WITHOUT_DATABASE = {"check", "collectstatic", "compilemessages", "help", "makemessages", "mirror", "version"}


def main(arguments: list[str]) -> None:
    """Runs one command, with a database where it needs one; what a setting is refused for is said in its own words."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heritage.settings")
    command = arguments[1] if len(arguments) > 1 else "help"
    asks = {"-h", "--help", "--version"}.intersection(arguments)
    try:
        import_module(os.environ["DJANGO_SETTINGS_MODULE"])  # a setting is refused before anything starts
        if not (asks or command in WITHOUT_DATABASE or os.environ.get("DATABASE_URL")):
            embedded.start()
        execute_from_command_line(arguments)
    except (ImproperlyConfigured, embedded.CannotStart) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main(sys.argv)
