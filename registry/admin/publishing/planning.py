"""Planning on the form of a draft when it is to be published, in the time zone that the editor names."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry import planning
from registry.models import Entry

# Where the editors of the register are; the choice is kept for the session.
ZONES = (
    "UTC",
    "Asia/Aqtau",
    "Asia/Ashgabat",
    "Asia/Baku",
    "Asia/Tbilisi",
    "Asia/Tehran",
    "Asia/Yerevan",
    "Europe/Astrakhan",
    "Europe/Moscow",
    "Europe/Paris",
)


class Planning:
    """For the admin of a noun."""

    def plan_context(self, request: HttpRequest, entry: Entry | None) -> dict[str, Any]:
        """What the form shows to those who may publish the draft."""
        unpublished = entry is None or entry.state in planning.UNPUBLISHED
        if not (unpublished and self.has_publish_permission(request)):
            return {}
        zone = request.POST.get("plan_zone") or request.session.get("plan_zone", "UTC")
        chosen = zone if zone in ZONES else "UTC"
        at = entry.publish_at if entry else None
        return {
            "may_plan": True,
            "plan_zones": [(name, name == chosen) for name in ZONES],
            "plan_at": request.POST.get("plan_at", "") or (_local(at, chosen) if at else ""),
            "planned_at": _shown(at, "UTC") if at else "",
            "planned_local": _shown(at, chosen) if at and chosen != "UTC" else "",
            "planned_zone": chosen,
        }

    def note_plan(self, request: HttpRequest, entry: Entry) -> None:
        """Take over a time, or take it away, before the draft is saved; raises ValidationError for one that is none."""
        if "_plan" in request.POST:
            self.check_publish_permission(request)
            zone = request.POST.get("plan_zone", "")
            planning.plan(entry, moment(request.POST.get("plan_at", ""), zone))
            request.session["plan_zone"] = zone
        elif "_unplan" in request.POST:
            self.check_publish_permission(request)
            planning.plan(entry, None)

    def response_add(self, request: HttpRequest, obj: Entry, post_url_continue: str | None = None) -> HttpResponse:
        self._say_what_is_planned(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Entry) -> HttpResponse:
        self._say_what_is_planned(request, obj)
        return super().response_change(request, obj)

    def _say_what_is_planned(self, request: HttpRequest, entry: Entry) -> None:
        """When it comes, and what it still lacks by then."""
        if "_plan" not in request.POST or not entry.publish_at:
            return
        when = _shown(entry.publish_at, "UTC")
        messages.success(request, _("It will be published on %(when)s UTC.") % {"when": when})
        for problems in entry.publication_problems().values():
            for problem in problems:
                messages.warning(request, _("Until then it needs this: %(problem)s") % {"problem": problem})

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def shown_state(self, entry: Entry) -> str:
        if not entry.publish_at:
            return super().shown_state(entry)
        when = _shown(entry.publish_at, "UTC")
        planned = format_html('<span class="planned">{}</span>', _("planned for %(when)s UTC") % {"when": when})
        return format_html("{} {}", super().shown_state(entry), planned)


def moment(text: str, zone: str) -> datetime:
    """The moment that a clock of the zone shows so; raises ValidationError for none, and for one it shows twice."""
    if zone not in ZONES:
        raise ValidationError(_("Choose the time zone of the time at which it is to be published."))
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValidationError(_("Give the day and the time at which it is to be published.")) from error
    if at.tzinfo or not 2000 <= at.year <= 2999:
        raise ValidationError(_("Give the day and the time at which it is to be published."))
    here = at.replace(tzinfo=ZoneInfo(zone))
    if here.utcoffset() != here.replace(fold=1).utcoffset():
        raise ValidationError(_("Clocks in %(zone)s are changed at that time. Choose another hour.") % {"zone": zone})
    return here.astimezone(UTC)


def _shown(at: datetime, zone: str) -> str:
    """As a clock of the zone shows it; a template would show it in that of the register."""
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def _local(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%dT%H:%M}"
