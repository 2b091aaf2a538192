"""What projects and initiatives share: they happen somewhere."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from registry.models import Initiative, Project

PLACE = (_("Place"), {"fields": ("scope", "regions", "region_as_reported")})


class Placed:
    """Shows the regions of a row, drafts included, else the source's own word."""

    list_with = ("regions",)

    @admin.display(description=_("place"))
    def place(self, entry: Project | Initiative) -> str:
        names = [region.title for region in entry.regions.all()]
        if names:
            return ", ".join(names[:4]) + (" …" if len(names) > 4 else "")
        if entry.region_as_reported:
            return f"“{entry.region_as_reported}”"
        return format_html('<span class="missing">{}</span>', _("Not stated"))
