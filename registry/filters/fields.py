"""The kinds of question a list can be asked, each strict about what it reads."""

import re
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from registry import places
from registry.models import Entry, Region, RegionKind

_CODE = re.compile(r"[A-Z]{3}-\d{4,12}", re.ASCII)
_DEGREES = re.compile(r"-?\d{1,3}(\.\d{1,12})?", re.ASCII)


class YearField(forms.CharField):
    """A year in plain digits 0 to 9: no sign, underscore, space or other script."""

    def clean(self, value: str) -> int | None:
        """The year as a number."""
        text = super().clean(value)
        if not text:
            return None
        if not re.fullmatch(r"[1-9]\d{3}", text, re.ASCII):
            raise ValidationError(_("Give a year in four digits, such as 2025."))
        return int(text)


class YearFilter(django_filters.Filter):
    """Records of a year."""

    field_class = YearField

    def filter(self, queryset: QuerySet, value: int | None) -> QuerySet:
        """Those whose dates may fall into it."""
        return queryset.in_year(value) if value else queryset


class MomentField(forms.CharField):
    """A day or a moment in ISO 8601; without an offset it is UTC."""

    def clean(self, value: str) -> datetime | None:
        """An aware datetime in UTC."""
        text = super().clean(value)
        if not text:
            return None
        try:
            if not re.fullmatch(
                r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?)?", text, re.ASCII
            ):
                raise ValueError(text)
            moment = datetime.fromisoformat(text)
            return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise ValidationError(
                _("Give a day or a moment in ISO 8601, such as 2026-11-21 or 2026-11-21T08:30:00Z.")
            ) from error


class MomentFilter(django_filters.Filter):
    """Records changed at or after a moment."""

    field_class = MomentField

    def filter(self, queryset: QuerySet, value: datetime | None) -> QuerySet:
        """To the microsecond."""
        return queryset.filter(**{f"{self.field_name}__gte": value}) if value else queryset


class ChosenField(forms.MultipleChoiceField):
    """Codes of a vocabulary; an unknown one is answered with the allowed ones."""

    default_error_messages = {"invalid_choice": _("“%(value)s” is not one of: %(allowed)s.")}

    def validate(self, value: list[str]) -> None:
        """Name what would have been right."""
        allowed = [str(code) for code, _label in self.choices] if value else []
        for code in value:
            if code not in allowed:
                raise ValidationError(
                    self.error_messages["invalid_choice"],
                    code="invalid_choice",
                    params={"value": code[:40], "allowed": ", ".join(allowed)},
                )


class ChosenFilter(django_filters.MultipleChoiceFilter):
    """Any of the chosen codes."""

    field_class = ChosenField

    def filter(self, queryset: QuerySet, value: list[str]) -> QuerySet:
        """By one condition: the library would ask for distinct rows, over every column."""
        return queryset.filter(**{f"{self.field_name}__in": value}) if value else queryset


class ChosenAmongFilter(ChosenFilter):
    """Records whose list holds any of the chosen codes."""

    def filter(self, queryset: QuerySet, value: list[str]) -> QuerySet:
        """By overlap, which the index answers."""
        return queryset.filter(**{f"{self.field_name}__overlap": value}) if value else queryset


class ChosenRowFilter(ChosenFilter):
    """Records of which any row has one of the chosen codes, each record once."""

    def filter(self, queryset: QuerySet, value: list[str]) -> QuerySet:
        """Through the rows, without doubling the record."""
        return queryset.pointing_to(self.field_name, value) if value else queryset


class CodeField(forms.CharField):
    """Codes of published records of one noun."""

    widget = forms.SelectMultiple

    def __init__(self, *, model: type[Entry], **kwargs: object) -> None:
        self.model = model
        super().__init__(**kwargs)

    def clean(self, value: list[str] | None) -> list[Entry]:
        """The records themselves."""
        codes = sorted({code for code in value or [] if code})
        if not codes:
            return []
        for code in codes:
            if not _CODE.fullmatch(code):
                raise ValidationError(
                    _("“%(code)s” is not a code such as %(example)s."),
                    params={"code": code[:20], "example": f"{self.model.prefix}-0001"},
                )
        found = list(self.model.objects.public().filter(pk__in=codes))
        if missing := sorted(set(codes) - {entry.pk for entry in found}):
            raise ValidationError(_("There is no %(code)s in the register."), params={"code": missing[0]})
        return found


class CodeFilter(django_filters.Filter):
    """Records that point to any of the given ones."""

    field_class = CodeField

    def filter(self, queryset: QuerySet, value: list[Entry]) -> QuerySet:
        """Each record once, however often it points there."""
        return queryset.pointing_to(self.field_name, [entry.pk for entry in value]) if value else queryset


class WithinFilter(CodeFilter):
    """Records in any of the given places, or in what lies within them."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(model=Region, **kwargs)

    def filter(self, queryset: QuerySet, value: list[Region]) -> QuerySet:
        """By the places that the ledger keeps with each record."""
        return queryset.filter(places__overlap=[place.pk for place in value]) if value else queryset


class CountryField(forms.CharField):
    """ISO 3166-1 codes of countries in the register."""

    widget = forms.SelectMultiple

    def clean(self, value: list[str] | None) -> list[Region]:
        """The countries themselves."""
        codes = sorted({code for code in value or [] if code})
        if not codes:
            return []
        found = list(Region.objects.public().filter(kind=RegionKind.COUNTRY, iso_code__in=codes))
        if missing := sorted(set(codes) - {country.iso_code for country in found}):
            raise ValidationError(
                _("“%(code)s” is not the ISO 3166-1 code of a country in the register."),
                params={"code": missing[0][:20]},
            )
        return found


class CountryFilter(WithinFilter):
    """Records in any of the given countries, or in what lies within them."""

    field_class = CountryField

    def __init__(self, **kwargs: object) -> None:
        django_filters.Filter.__init__(self, **kwargs)


class BoxField(forms.CharField):
    """Four corners in degrees: west,south,east,north (WGS 84, as RFC 7946 orders them)."""

    def clean(self, value: str) -> tuple[Decimal, ...] | None:
        """The corners, in order and in range."""
        text = super().clean(value)
        if not text:
            return None
        parts = text.split(",")
        wrong = ValidationError(
            _("Give the box as west,south,east,north in degrees, with a point in decimals: 46.5,38.0,50.5,42.0.")
        )
        if len(parts) != 4 or not all(_DEGREES.fullmatch(part) for part in parts):
            raise wrong
        try:
            west, south, east, north = (Decimal(part) for part in parts)
        except InvalidOperation as error:
            raise wrong from error
        if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
            raise wrong
        return west, south, east, north


class BoxFilter(django_filters.Filter):
    """Records with a published point inside the box."""

    field_class = BoxField

    def filter(self, queryset: QuerySet, value: tuple[Decimal, ...] | None) -> QuerySet:
        """By the points of published places only, or by the published point of the record itself."""
        if not value:
            return queryset
        if queryset.model in places.SHOWN_AT:
            return places.in_box(queryset, *value)
        return queryset.pointing_to(self.field_name, Region.objects.public().in_box(*value).codes())


class TokenField(forms.CharField):
    """Short codes of a fixed shape, one or more."""

    widget = forms.SelectMultiple

    def __init__(self, *, shape: str, example: str, **kwargs: object) -> None:
        self.shape, self.example = re.compile(shape, re.ASCII), example
        super().__init__(**kwargs)

    def clean(self, value: list[str] | None) -> list[str]:
        """The codes as they were given."""
        codes = [code for code in value or [] if code]
        for code in codes:
            if not self.shape.fullmatch(code):
                raise ValidationError(
                    _("“%(code)s” is not a code such as %(example)s."),
                    params={"code": code[:20], "example": self.example},
                )
        return codes


class TokenFilter(django_filters.Filter):
    """Records with any of the given codes in a column."""

    field_class = TokenField
    lookup = "in"

    def filter(self, queryset: QuerySet, value: list[str]) -> QuerySet:
        """Exactly as written."""
        return queryset.filter(**{f"{self.field_name}__{self.lookup}": value}) if value else queryset


class OwnCountryFilter(TokenFilter):
    """By the country that the record itself names."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(shape="[A-Z]{2}", example="AZ", **kwargs)


class LanguageFilter(TokenFilter):
    """By language."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(shape="[a-z]{2,3}", example="az", **kwargs)


class LanguageAmongFilter(LanguageFilter):
    """Records in any of the given languages."""

    lookup = "overlap"


class CurrencyFilter(TokenFilter):
    """By currency."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(shape="[A-Z]{3}", example="USD", **kwargs)


class AboutFilter(TokenFilter):
    """By the codes of the records it is about."""

    lookup = "overlap"

    def __init__(self, **kwargs: object) -> None:
        super().__init__(shape=_CODE.pattern, example="PRJ-0001", **kwargs)
