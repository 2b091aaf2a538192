"""How a reader wants pages: light or dark or as the device, and whether they must weigh little."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

COOKIE = "display"
KEPT = 365 * 24 * 60 * 60  # seconds
THEMES = {"device": _("As my device"), "light": _("Light"), "dark": _("Dark")}
WEIGHTS = {"full": _("With everything"), "lite": _("Light-weight: no fonts to load, no large map")}


@dataclass(frozen=True)
class Display:
    """What the reader chose; `asked_to_save` when their browser itself asks for little (Save-Data)."""

    theme: str = "device"
    weight: str = ""
    asked_to_save: bool = False

    @property
    def is_lite(self) -> bool:
        """Whether pages come without web fonts and without the large map."""
        return self.weight == "lite" or (self.asked_to_save and self.weight != "full")

    @classmethod
    def read(cls, request: HttpRequest) -> "Display":
        """From the cookie and the header; what is neither is as if nothing were chosen."""
        theme, _dot, weight = request.COOKIES.get(COOKIE, "").partition(".")
        saves = request.headers.get("Save-Data", "").strip().lower() == "on"
        return cls(theme if theme in THEMES else "device", weight if weight in WEIGHTS else "", saves)


class AsChosen:
    """Every page knows how its reader wants it, and says that it depends on that."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Programs get the same answer whatever was chosen."""
        request.display = Display.read(request)
        response = self.get_response(request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if is_page and not request.path_info.startswith(("/admin/", "/accounts/", "/api/")):
            patch_vary_headers(response, ["Cookie", "Save-Data"])
        return response


class DisplayForm(forms.Form):
    """The two choices."""

    theme = forms.ChoiceField(label=_("Colours"), choices=THEMES.items(), widget=forms.RadioSelect)
    weight = forms.ChoiceField(label=_("Weight"), choices=WEIGHTS.items(), widget=forms.RadioSelect)


class DisplayPage(FormView):
    """Choose how pages look; kept in a cookie of this browser, and known to nobody else."""

    template_name = "registry/display.html"
    form_class = DisplayForm

    def get_initial(self) -> dict[str, Any]:
        """As it is now."""
        chosen = self.request.display
        return {"theme": chosen.theme, "weight": "lite" if chosen.is_lite else "full"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the page to go back to."""
        return super().get_context_data(**kwargs) | {"back": self._back()}

    def form_valid(self, form: DisplayForm) -> HttpResponse:
        """Kept for a year; back to where the reader came from."""
        response = HttpResponseRedirect(self._back() or reverse("registry:display"))
        value = f"{form.cleaned_data['theme']}.{form.cleaned_data['weight']}"
        secure = self.request.is_secure()
        response.set_cookie(COOKIE, value, max_age=KEPT, httponly=True, samesite="Lax", secure=secure)
        return response

    def _back(self) -> str:
        """A page of this register, named by the link that led here; "" for anything else."""
        page = self.request.POST.get("back") or self.request.GET.get("back", "")
        return page if page.startswith("/") and url_has_allowed_host_and_scheme(page, allowed_hosts=None) else ""
