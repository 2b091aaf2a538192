"""What is typed as an exact place, before it reaches the ledger: a point is whole, and not the wrong way round."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import construct_instance
from django.utils.translation import gettext_lazy as _

from registry.admin.forms import EntryForm
from registry.admin.numbers import PlainDecimalField
from registry.models import ExactPlace

# Roughly the South Caucasus, the northern shores and the eastern ones: west, south, east, north in degrees.
_AROUND_THE_SEA = ((40, 36, 51, Decimal("43.2")), (44, Decimal("42.5"), 56, 49), (48, 34, 67, 47))


def looks_swapped(longitude: Decimal, latitude: Decimal) -> bool:
    """Whether the point lies around the Caspian Sea only once longitude and latitude change places."""
    return not _around_the_sea(longitude, latitude) and _around_the_sea(latitude, longitude)


def _around_the_sea(east: Decimal, north: Decimal) -> bool:
    return any(w <= east <= e and s <= north <= n for w, s, e, n in _AROUND_THE_SEA)


def _degrees(name: str, **given: Any) -> forms.Field:
    most = {"longitude": 180, "latitude": 90}[name]
    field = ExactPlace._meta.get_field(name)
    return field.formfield(form_class=PlainDecimalField, min_value=-most, max_value=most, **given)


def _as_it_is() -> forms.Field:
    """Hidden until there is a doubt."""
    return forms.BooleanField(label=_("The point is right as it is"), required=False, widget=forms.HiddenInput)


def check_point(form: forms.Form, prefix: str = "") -> None:
    """Refuse half a point, and ask about one that looks swapped until somebody says that it is right."""
    longitude, latitude = (form.cleaned_data.get(f"{prefix}{name}") for name in ("longitude", "latitude"))
    if any(form.has_error(f"{prefix}{name}") for name in ("longitude", "latitude")):
        return
    if (longitude is None) != (latitude is None):
        missing = "longitude" if longitude is None else "latitude"
        form.add_error(f"{prefix}{missing}", _("A point needs longitude and latitude, or neither."))
    elif longitude is not None and looks_swapped(longitude, latitude):
        form.fields[f"{prefix}as_it_is"].widget = forms.CheckboxInput()
        if not form.cleaned_data.get(f"{prefix}as_it_is"):
            form.add_error(
                f"{prefix}longitude",
                _("Longitude and latitude look swapped: this point is far from the Caspian Sea, and %(there)s is near.")
                % {"there": f"{longitude}° N, {latitude}° E"},
            )


class NewSiteForm(EntryForm):
    """A site on its first day: where it exactly is can be given with it, and is kept apart."""

    exact_longitude = _degrees("longitude", label=_("Exact longitude"), required=False, help_text=_("Degrees east."))
    exact_latitude = _degrees(
        "latitude",
        label=_("Exact latitude"),
        required=False,
        help_text=_("Degrees north, WGS 84. Kept apart: the public sees a point no finer than chosen below."),
    )
    exact_as_it_is = _as_it_is()

    def clean(self) -> dict[str, Any]:
        super().clean()
        check_point(self, "exact_")
        return self.cleaned_data

    def exact_place(self) -> ExactPlace | None:
        """The exact place that was typed, if one was."""
        longitude, latitude = self.cleaned_data["exact_longitude"], self.cleaned_data["exact_latitude"]
        return None if longitude is None else ExactPlace(longitude=longitude, latitude=latitude)


class ExactPlaceForm(forms.Form):
    """The exact place of one site."""

    longitude = _degrees("longitude", help_text=_("Degrees east, WGS 84, such as 49.832500."))
    latitude = _degrees("latitude", help_text=_("Degrees north, WGS 84, such as 40.366700."))
    as_it_is = _as_it_is()
    note = ExactPlace._meta.get_field("note").formfield(
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=_("How to find it, and how the point was measured. Only those who may see the place read it."),
    )
    reason = forms.CharField(
        label=_("Reason for the change"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("Everybody can read it where the published point changes: do not tell the place here."),
    )

    def clean(self) -> dict[str, Any]:
        super().clean()
        check_point(self)
        return self.cleaned_data

    def exact_place(self, code: str) -> ExactPlace:
        """The exact place that was typed for a site."""
        return construct_instance(self, ExactPlace(pk=code), fields=("longitude", "latitude", "note"))

    def refuse(self, problem: Exception) -> None:
        """Show beside what was typed why the ledger did not take it."""
        if isinstance(problem, ValidationError) and hasattr(problem, "error_dict"):
            for name, errors in problem.error_dict.items():
                self.add_error(name if name in self.fields else None, errors)
        else:
            self.add_error(None, problem if isinstance(problem, ValidationError) else str(problem))
