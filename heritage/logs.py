"""What the log holds: a line for what a stranger sent, the whole story of what is our own fault."""

import logging
import re

_PRIVATE_LINK = re.compile(r"(/proposals/)[^/\s?&\"']+")


class PrivateLinksMasked(logging.Filter):
    """Takes the secret out of the address of a proposal before any handler writes it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every record passes."""
        said = record.getMessage()
        if "/proposals/" in said:
            record.msg, record.args = _PRIVATE_LINK.sub(r"\1...", said), ()
        return True


class StrangersInOneLine(logging.Filter):
    """Drops the traceback of refused requests: anybody can cause them, and real faults would drown in them."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every record passes; a refusal passes without its traceback."""
        if record.levelno < logging.ERROR or record.name.startswith("django.security"):
            record.exc_info = record.exc_text = None
        return True
