"""The editors' admin: one site, grouped by the work that people do."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from allauth.account.views import logout
from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from . import batches, desk, duty, finding, review, sheets, undoing
from .accounts import second_factor

# In the order of the sidebar.
GROUPS = (
    ("register", _("Register"), ("Project", "Initiative", "Site", "Programme", "Resource")),
    ("money", _("Money"), ("CountryBudget", "Funding")),
    ("emergency", _("Emergency"), ("Protocol", "Contact")),
    ("evidence", _("Evidence"), ("Source", "Statement", "Mission", "Observation")),
    ("reference", _("Reference"), ("Region", "Organisation", "Event")),
    ("work", _("Work"), ("Change", "Look", "PrivateChange")),
    ("people", _("People"), ("User", "Group", "AccessToken", "Webhook")),
)


class RegisterAdminSite(AdminSite):
    """The admin of the register."""

    site_header = _("Caspian Heritage Register")
    site_title = _("Register")
    index_title = _("Editors' desk")
    enable_nav_sidebar = True

    def get_urls(self) -> list:
        return [
            path("records/", self.admin_view(partial(finding.any_noun, self)), name="records"),
            path("duty/", self.admin_view(partial(duty.duty_view, self)), name="duty"),
            path("batches/<uuid:batch>/", self.admin_view(partial(batches.batch_view, self)), name="batch"),
            path("batches/<uuid:batch>/undo/", self.admin_view(partial(undoing.undo_view, self)), name="batch-undo"),
            *review.urls(self),
            *sheets.urls(self),
            *super().get_urls(),
        ]

    def admin_view(self, view: Callable, cacheable: bool = False) -> Callable:
        """Whoever lacks the second factor of the role sees no page before it is set up."""
        page = super().admin_view(view, cacheable)

        @wraps(page)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            leaving = request.path == reverse("admin:logout", current_app=self.name)
            if second_factor.is_required() and not leaving and second_factor.is_lacking(request.user):
                return HttpResponseRedirect(reverse("mfa_index"))
            return page(request, *args, **kwargs)

        return guarded

    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Signing in has its own pages; whoever is signed in and still not let in is told so."""
        desk_url = reverse("admin:index", current_app=self.name)
        if not request.user.is_authenticated:
            return redirect_to_login(request.GET.get("next", desk_url), reverse("account_login"))
        if not self.has_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(desk_url)

    def logout(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        return logout(request)

    def password_change(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        return HttpResponseRedirect(reverse("account_change_password"))

    password_change_done = password_change

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """The sidebar: groups of work instead of applications."""
        found = {
            model["object_name"]: model
            for app in self._build_app_dict(request, app_label).values()
            for model in app["models"]
        }
        groups = [
            {
                "name": name,
                "app_label": key,
                "app_url": f"{reverse('admin:index', current_app=self.name)}#{key}",
                "has_module_perms": True,
                "models": [found[noun] for noun in nouns if noun in found],
            }
            for key, name, nouns in GROUPS
        ]
        if request.user.has_perm("registry.view_protocol"):
            on_duty = {"name": _("On duty"), "object_name": "Duty", "admin_url": reverse("admin:duty"), "add_url": None}
            next(group for group in groups if group["app_label"] == "emergency")["models"].insert(0, on_duty)
        next(group for group in groups if group["app_label"] == "work")["models"][:0] = [
            *review.in_sidebar(request),
            *sheets.in_sidebar(request),
        ]
        return [group for group in groups if group["models"]]

    def index(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        found = {**desk.contents(self, request), **(extra_context or {})}
        found["second_factor_lacking"] = second_factor.is_lacking(request.user)
        return super().index(request, found | {"on_duty": request.user.has_perm("registry.view_protocol")})

    def app_index(self, request: HttpRequest, app_label: str, extra_context: dict | None = None) -> HttpResponse:
        """Applications mean nothing to editors: the desk is the index of everything."""
        return HttpResponseRedirect(reverse("admin:index", current_app=self.name))

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return finding.Autocomplete.as_view(admin_site=self)(request)
