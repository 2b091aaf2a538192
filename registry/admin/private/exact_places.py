"""The page of a site's exact place: seen only by those who may, each look kept, and changed through the ledger."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect

from registry import ledger
from registry.admin.differences import Difference, between
from registry.admin.forms import version_from
from registry.models import Action, Change, ExactPlace, PrivateChange, Site
from registry.places import is_finer
from registry.scope import looks_after

from .exact_place_forms import ExactPlaceForm

_FIELDS = ("longitude", "latitude", "note")
_SHOWN = 50


@dataclass(frozen=True)
class Rights:
    """What somebody may do with the exact place of one site."""

    see: bool
    enter: bool
    change: bool


class ExactPlaces:
    """A page of its own for what the form of a site never shows."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(csrf_protect(self.exact_place_view))
        name = f"{self.opts.app_label}_{self.opts.model_name}_exact_place"
        return [path("<path:object_id>/exact-place/", view, name=name), *super().get_urls()]

    def rights(self, request: HttpRequest, site: Site) -> Rights:
        """Seeing needs a right of its own; writing needs besides that the site itself may be changed.

        Where the public reads the site, a point that appears is a change of it: who enters places without seeing any
        does so for drafts alone.
        """
        can = {verb: request.user.has_perm(f"registry.{verb}_exactplace") for verb in ("view", "add", "change")}
        mine = self.has_view_or_change_permission(request, site) and looks_after(request.user, site)
        writes = self.has_change_permission(request, site)
        see = can["view"] and mine
        changes = see and can["change"] and writes
        return Rights(see, can["add"] and writes and (changes or not site.is_public), changes)

    def exact_place_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The exact place beside the published one; a form for those who may enter or change it."""
        site = self.get_object(request, unquote(object_id))
        if site is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        rights = self.rights(request, site)
        if not (rights.see or rights.enter):
            raise PermissionDenied
        kept = ExactPlace.objects.filter(pk=site.pk).exists()
        if request.method != "POST":
            return self._page(request, site, rights, kept)
        clearing = "_clear" in request.POST
        if not (rights.change if clearing else rights.change or rights.enter):
            raise PermissionDenied
        form = None if clearing else ExactPlaceForm(request.POST)
        if form and not form.is_valid():
            return self._page(request, site, rights, kept, form)
        try:
            if kept and not rights.change:
                raise ledger.Refused(_("An exact place is kept already; changing it needs the right to."))
            self._write(request, site, form)
        except (ledger.Refused, ValidationError) as problem:
            if form:
                form.refuse(problem)
            else:
                messages.error(request, str(problem))
            kept = ExactPlace.objects.filter(pk=site.pk).exists()
            return self._page(request, site, rights, kept, form, status=409)
        where = reverse("admin:registry_site_exact_place", args=[site.pk])
        return HttpResponseRedirect(where if rights.see else reverse("admin:registry_site_change", args=[site.pk]))

    def _write(self, request: HttpRequest, site: Site, form: ExactPlaceForm | None) -> None:
        """Keep what was typed, or clear what is kept where nothing was; on top of the version that was shown."""
        reason = request.POST.get("reason", "").strip() or _("No reason given")
        version = version_from(request.POST.get("version"))
        with ledger.batch(by=request.user, reason=reason) as batch:
            if form:
                batch.keep(form.exact_place(site.pk), expected=version)
            else:
                batch.forget(ExactPlace(pk=site.pk), expected=version or 0)
        said = _("The exact place was kept.") if form else _("The exact place was cleared.")
        messages.success(request, f"{said} {published(Site.objects.get(pk=site.pk))}")

    def _page(
        self,
        request: HttpRequest,
        site: Site,
        rights: Rights,
        kept: bool,
        form: ExactPlaceForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        """The look is kept before anything is shown; who may only enter a place is shown none."""
        place = ledger.exact_place_of(site.pk, by=request.user) if rights.see else None
        if form is None and (rights.change if kept else rights.enter):
            form = ExactPlaceForm(initial={name: getattr(place, name) for name in _FIELDS} if place else None)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Exact place of %(title)s") % {"title": site.title},
            "opts": self.opts,
            "original": site,
            "place": place,
            "kept": kept,
            "rights": rights,
            "published": published(site),
            "form": form,
            "version": place.version if place else "",
            "changes": history_of(site.pk) if rights.see else [],
        }
        return TemplateResponse(request, "admin/exact_place.html", context, status=status)

    def may_see_point(self, request: HttpRequest, entry: Site) -> bool:
        """The point that would be shown may be the exact one: until it is public, it is for those who see that."""
        return entry.is_public or self.rights(request, entry).see

    def may_undo(self, request: HttpRequest, change: Change, entry: Site | None) -> bool:
        """An undo that moves an exact place, or shows it more exactly, is for those who may do that themselves."""
        if not super().may_undo(request, change, entry):
            return False
        whole = change.action == Action.DELETED or (change.after and not change.before)
        if whole or entry is None or self.rights(request, entry).change:
            return True
        moved = change.batch in _batches_with_a_place(request, change.entry_code)
        return not moved and not is_finer(change.before.get("precision", ""), change.after.get("precision", ""))


def published(site: Site) -> str:
    """What everybody is shown, in one line; of a site that is not public no point, which may be exact by the rule."""
    if not site.is_drawn:
        return _("The public sees no point.")
    if not site.is_public:
        shown = {"precision": site.get_precision_display().lower()}
        return _("The public sees nothing of it now. Once published, its point is shown: %(precision)s.") % shown
    words = {
        "latitude": f"{site.latitude.normalize():f}",
        "longitude": f"{site.longitude.normalize():f}",
        "precision": site.get_precision_display().lower(),
    }
    return _("The public sees %(latitude)s° N, %(longitude)s° E (%(precision)s).") % words


def history_of(code: str) -> list[tuple[PrivateChange, list[Difference]]]:
    """The newest changes of an exact place, each in words."""
    changes = ledger.private_changes(ExactPlace, code).select_related("by")[:_SHOWN]
    return [(change, _differences(change)) for change in changes]


def _differences(change: PrivateChange) -> list[Difference]:
    return between(
        _FIELDS,
        change.before,
        change.after,
        label=lambda name: capfirst(ExactPlace._meta.get_field(name).verbose_name),
        lines=lambda _name, value: [str(value)] if value else [],
    )


def _batches_with_a_place(request: HttpRequest, code: str) -> set[Any]:
    """The batches in which the exact place was written; asked once a request."""
    asked = vars(request).setdefault("batches_with_a_place", {})
    if code not in asked:
        asked[code] = set(ledger.private_changes(ExactPlace, code).values_list("batch", flat=True))
    return asked[code]
