"""Calendars to follow: the sessions of the programmes asked for, or of one programme, as iCalendar."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import View

from registry import calendars, icalendars, public
from registry.filters import ProgrammeFilter
from registry.models import Programme

from . import errors

MOST = 1000  # sessions in a feed, the latest ones
_OF_THE_PAGE = ("page", "ordering", "when", "month")


class CalendarFeed(View):
    """Takes the questions of the list of programmes; whoever follows it sees no notice, so a wrong one is refused."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The calendar; what only turns the pages of a list is of no matter here."""
        asked = request.GET.copy()
        for name in [*_OF_THE_PAGE, *(name for name in asked if not any(v.strip() for v in asked.getlist(name)))]:
            asked.pop(name, None)
        filterset = ProgrammeFilter(asked, queryset=Programme.objects.public())
        problems = [
            _("“%(name)s” is not something this calendar can be asked.") % {"name": name[:40]}
            for name in asked
            if name not in ProgrammeFilter.base_filters
        ]
        problems += [" ".join(found) for found in filterset.errors.values()]
        if problems:
            return HttpResponse("\n".join(problems), "text/plain; charset=utf-8", status=400)
        name, file_name = _("Caspian Heritage Register: programmes"), "caspian-heritage-register"
        return _answer(request, filterset.qs, name, file_name)


class ProgrammeFeed(View):
    """The sessions of one programme."""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """The calendar; 410 once withdrawn, 404 for what is not public, as its page answers."""
        alone = Programme.objects.public().filter(pk=code)
        programme = alone.first()
        if programme is None:
            return errors.not_public(request, Programme, code)
        return _answer(request, alone, programme.title, programme.pk)


def _answer(request: HttpRequest, programmes: QuerySet, name: str, file_name: str) -> HttpResponse:
    """The feed with its ETag, or 304; the ETag is read before the sessions, so that it is never newer than they."""
    etag = _etag(request)
    if held := get_conditional_response(request, etag=etag):
        held.headers["ETag"] = etag
        return held
    found = calendars.settled(calendars.sessions(programmes)).order_by("-begins", "-starts_at", "programme", "pk")
    sessions = [session for session in calendars.for_rows(found)[:MOST] if session.programme][::-1]
    body = icalendars.written(name, sessions, f"{request.scheme}://{request.get_host()}")
    headers = {"ETag": etag, "Content-Disposition": f'inline; filename="{file_name}.ics"'}
    return HttpResponse(body, icalendars.MEDIA_TYPE, headers=headers)


def _etag(request: HttpRequest) -> str:
    """For an address, a language, a state of the register and a state of the code; keyed, as numbers tell of work."""
    newest = public.changes().values_list("number", flat=True).first() or 0
    seen = "\n".join([str(newest), request.build_absolute_uri(), get_language(), _release()])
    return f'"{salted_hmac("registry.calendar", seen).hexdigest()[:32]}"'


@cache
def _release() -> str:
    digest = sha256()
    for path in sorted(Path(settings.BASE_DIR, "registry").rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
