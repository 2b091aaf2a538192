"""Places as the register orders them: a basin, countries and what lies within them."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .base import Entry, EntryQuerySet
from .placed import Placed
from .translations import joined
from .wording import validate_subdivision


class RegionKind(models.TextChoices):
    """What sort of place it is; `named_area` claims nothing about the state it belongs to."""

    BASIN = "basin", _("Basin")
    COUNTRY = "country", _("Country")
    FIRST_LEVEL = "first_level", _("First-level division")
    MUNICIPALITY = "municipality", _("Municipality")
    CITY = "city", _("City")
    AREA = "area", _("Area")
    NAMED_AREA = "named_area", _("Area as a source names it")


class Precision(models.TextChoices):
    """How exactly a published point tells where something is."""

    EXACT = "exact", _("Exact")
    KM_1 = "1km", _("Within 1 km")
    KM_10 = "10km", _("Within 10 km")
    REGION = "region", _("Region only")
    COUNTRY = "country", _("Country only")
    HIDDEN = "hidden", _("Not shown")


class RegionQuerySet(EntryQuerySet):
    """Questions about places."""

    def with_public_names(self) -> Self:
        """A place is named together with the place around it."""
        return self.select_related("parent").defer("parent__search", "parent__search_text", "search", "search_text")

    def within(self, places: Iterable["Region"]) -> list[str]:
        """Codes of the given places and of all in this set that lie within them; one query, whatever the depth."""
        parts: dict[str, list[str]] = defaultdict(list)
        for code, around in self.order_by().exclude(parent=None).values_list("pk", "parent"):
            parts[around].append(code)
        found: set[str] = set()
        waiting = [place.pk for place in places]
        while waiting:
            code = waiting.pop()
            if code not in found:
                found.add(code)
                waiting.extend(parts[code])
        return sorted(found)

    def codes(self) -> list[str]:
        """The codes alone."""
        return list(self.order_by().values_list("pk", flat=True))

    def in_box(self, west: Decimal, south: Decimal, east: Decimal, north: Decimal) -> Self:
        """Drawn places with their published point inside the box, in degrees."""
        return self.drawn().filter(longitude__range=(west, east), latitude__range=(south, north))

    def drawn(self) -> Self:
        """Places with a point that may be drawn on a map."""
        return self.exclude(longitude=None)


class Region(Entry, Placed):
    """A place: a basin, a country, a city, or an area as a source names it."""

    prefix, noun, slug = "REG", "region", "regions"
    place_paths = ()

    kind = models.CharField(
        _("kind"),
        max_length=12,
        choices=RegionKind,
        help_text=_("A named area is a place as a source names it: it claims nothing about the State it belongs to."),
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("lies within"),
        help_text=_("Leave empty where the source does not say, or where it is disputed."),
    )
    iso_code = models.CharField(
        _("ISO code"),
        max_length=6,
        blank=True,
        validators=[validate_subdivision],
        help_text=_("ISO 3166-1 alpha-2 for a country, ISO 3166-2 within one. Leave it empty rather than guess."),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text=_("Degrees east, WGS 84."),
    )
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("Degrees north, WGS 84."),
    )
    precision = models.CharField(
        _("precision of the point"),
        max_length=8,
        choices=Precision,
        blank=True,
        help_text=_("How exact the point is; a point in the middle of a country is exact to the country."),
    )

    objects = RegionQuerySet.as_manager()

    class Meta(Entry.Meta):
        """A point is whole and says how exact it is; a country stands once."""

        verbose_name, verbose_name_plural = _("region"), _("regions")
        indexes = [*Entry.Meta.indexes, *Placed.Meta.indexes]
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                name="region_point_is_whole",
                condition=Q(longitude=None, latitude=None, precision__in=["", Precision.HIDDEN])
                | Q(longitude__range=(-180, 180), latitude__range=(-90, 90)) & ~Q(precision__in=["", Precision.HIDDEN]),
                violation_error_message=_(
                    "A point needs longitude, latitude and how exact it is. Everybody can read it: to hide a point, "
                    "leave longitude and latitude empty."
                ),
            ),
            models.UniqueConstraint(
                name="region_iso_code_once",
                fields=["iso_code"],
                condition=~Q(iso_code=""),
                violation_error_message=_("Another region has this ISO code already."),
            ),
        ]

    def clean(self) -> None:
        """A place cannot lie within itself."""
        super().clean()
        if self.parent_id and not self._state.adding and self.parent_id in Region.objects.within([self]):
            raise ValidationError({"parent": _("A place cannot lie within itself or within one of its parts.")})

    def public_ancestors(self) -> list["Region"]:
        """The published places around it, from the nearest outwards; what lies beyond an unpublished one is unknown."""
        around: list[Region] = []
        place = self
        while place.parent and place.parent.is_public and place.parent not in around:
            place = place.parent
            around.append(place)
        return around

    @property
    def is_drawn(self) -> bool:
        """Whether it has a point that may be drawn on a map."""
        return self.longitude is not None

    @property
    def full_name(self) -> str:
        """The place with the published country around it: "Baku, Azerbaijan"."""
        around = self.parent if self.parent and self.parent.is_public else None
        is_country = around and around.kind == RegionKind.COUNTRY
        return joined([self.shown_title, around.shown_title], ", ") if is_country else self.shown_title
