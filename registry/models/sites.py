"""Sites: what is protected, with a public point that never tells more than its precision."""

from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .base import Entry, EntryQuerySet, State
from .edtf_dates import validate as validate_dates
from .heritage import heritage_types_field
from .placed import Placed
from .publication import Item
from .regions import Precision, Region, RegionKind
from .rows import Row
from .translations import Text, sentence
from .wording import validate_plain

# The precisions at which a point is published, from the finest to the coarsest.
POINTS = (Precision.EXACT, Precision.KM_1, Precision.KM_10)


class DesignationKind(models.TextChoices):
    """Who has placed the site under protection or on a list."""

    WORLD_HERITAGE = "world_heritage", _("World Heritage List")
    TENTATIVE_LIST = "tentative_list", _("World Heritage Tentative List")
    ENHANCED_PROTECTION = "enhanced_protection", _("Enhanced protection (Second Protocol of 1999)")
    GEOPARK = "geopark", _("UNESCO Global Geopark")
    BIOSPHERE_RESERVE = "biosphere_reserve", _("Biosphere reserve")
    RAMSAR = "ramsar", _("Wetland of international importance (Ramsar)")
    NATIONAL = "national", _("National protection")
    LOCAL = "local", _("Local protection")
    OTHER = "other", _("Other")


class IdentifierScheme(models.TextChoices):
    """Registers elsewhere in which the site has an identifier."""

    WIKIDATA = "wikidata", _("Wikidata")
    WHC = "whc", _("World Heritage Centre")
    GEONAMES = "geonames", _("GeoNames")
    OPENSTREETMAP = "openstreetmap", _("OpenStreetMap")
    PLEIADES = "pleiades", _("Pleiades")
    NATIONAL = "national", _("National register")
    OTHER = "other", _("Other")


class Match(models.TextChoices):
    """How the thing elsewhere relates to this one: SKOS mapping relations."""

    EXACT = "exact", _("The same")
    CLOSE = "close", _("Nearly the same")
    BROAD = "broad", _("Wider than this")
    NARROW = "narrow", _("A part of this")
    RELATED = "related", _("Related")


class MatchState(models.TextChoices):
    """Whether somebody has checked the match."""

    SUGGESTED = "suggested", _("Suggested")
    CONFIRMED = "confirmed", _("Confirmed")


class SiteQuerySet(EntryQuerySet):
    """Questions about sites."""

    def drawn(self) -> Self:
        """Sites with a published point of their own."""
        return self.exclude(longitude=None)


class Site(Entry, Placed):
    """A place or thing that is protected. Its exact point is kept elsewhere; what stands here, everybody may read."""

    prefix, noun, slug = "SIT", "site", "sites"
    children = ("citations", "designations", "identifiers")
    place_paths = ("region",)

    heritage_types = heritage_types_field()
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sites",
        verbose_name=_("region"),
        help_text=_("Everybody can read it: where even the town is a secret, choose the country."),
    )
    region_as_reported = models.CharField(
        _("place as reported"),
        max_length=200,
        blank=True,
        validators=[validate_plain],
        help_text=_("The source's own words for where it is. Everybody can read them."),
    )
    precision_chosen = models.CharField(
        _("show the place"),
        max_length=8,
        choices=Precision,
        blank=True,
        help_text=_(
            "Empty: by the rule, which is within 10 km for archaeological sites and where looting or conflict "
            "threatens, and exact for all else. Emptying it never shows a place more exactly."
        ),
    )
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True, editable=False)
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=6, null=True, editable=False)
    precision = models.CharField(
        _("precision of the point"), max_length=8, choices=Precision, blank=True, editable=False
    )

    objects = SiteQuerySet.as_manager()

    class Meta(Entry.Meta):
        """A published point is whole and says how exact it is."""

        verbose_name, verbose_name_plural = _("site"), _("sites")
        indexes = [
            *Entry.Meta.indexes,
            *Placed.Meta.indexes,
            GinIndex(fields=["heritage_types"], name="site_heritage_types"),
        ]
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                name="site_point_is_whole",
                condition=Q(longitude=None, latitude=None) & ~Q(precision__in=POINTS)
                | Q(longitude__range=(-180, 180), latitude__range=(-90, 90), precision__in=POINTS),
                violation_error_message=_("A published point has longitude, latitude and how exact it is."),
            ),
        ]

    def clean(self) -> None:
        """Where the place is a secret, the region must not tell it."""
        super().clean()
        told = self.region and self.region.kind not in {RegionKind.COUNTRY, RegionKind.BASIN}
        if self.precision_chosen == Precision.COUNTRY and told:
            raise ValidationError(
                {"region": _("Everybody reads the region. To show the country only, choose the country here.")}
            )
        if self.precision_chosen == Precision.HIDDEN and (self.region or self.region_as_reported):
            raise ValidationError(
                {"precision_chosen": _("The region is read by everybody. To show no place at all, leave it empty.")}
            )

    def publication_checklist(self) -> list[Item]:
        """Nobody publishes an exact point by the rule while an observation that is not public yet speaks of people."""
        items = super().publication_checklist()
        if self.precision == Precision.EXACT and not self.precision_chosen and not self._state.adding:
            unseen = self.observations.exclude(state__in=[State.PUBLISHED, State.WITHDRAWN])
            if unseen.filter(threats__threat="other_human").exists():
                problem = _(
                    "An observation that is not published yet names looting, vandalism or conflict here, and the "
                    "rule would show the place exactly. Choose how to show the place."
                )
                items.append(Item("precision_chosen", _("It is chosen how to show the place."), False, problem))
        return items

    @property
    def is_drawn(self) -> bool:
        """Whether it has a published point of its own."""
        return self.longitude is not None

    @property
    def place_line(self) -> str:
        """Where it is, in one line, as far as everybody may know."""
        if self.region:
            return self.region.full_name
        if self.region_as_reported:
            return sentence(_("%(place)s, as reported"), place=Text(self.region_as_reported))
        return _("Place not stated")


class Designation(Row):
    """A protection or a listing of the site."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="designations")
    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=DesignationKind,
        help_text=_("Who protects or lists it, such as a national register or the World Heritage List."),
    )
    name = models.CharField(
        _("name of the status"),
        max_length=200,
        blank=True,
        validators=[validate_plain],
        help_text=_("What the status is called there."),
    )
    dates = models.CharField(
        _("since"),
        max_length=40,
        blank=True,
        validators=[validate_dates],
        help_text=_("Since when: a year, a month or a day, as EDTF has it."),
    )
    reference = models.CharField(
        _("reference number"),
        max_length=100,
        blank=True,
        validators=[validate_plain],
        help_text=_("The number it has on that list."),
    )

    class Meta(Row.Meta):
        """In the order they were entered."""

        verbose_name, verbose_name_plural = _("designation"), _("designations")

    def __str__(self) -> str:
        return self.name or self.get_kind_display()


class Identifier(Row):
    """What the site is called in another register."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="identifiers")
    scheme = models.CharField(
        _("register"), max_length=14, choices=IdentifierScheme, help_text=_("The other register that knows it.")
    )
    value = models.CharField(
        _("identifier"),
        max_length=100,
        validators=[validate_plain],
        help_text=_("What it is called there, exactly as that register writes it."),
    )
    match = models.CharField(
        _("match"),
        max_length=8,
        choices=Match,
        default=Match.EXACT,
        help_text=_("Whether both mean exactly the same thing."),
    )
    match_state = models.CharField(
        _("checked"),
        max_length=10,
        choices=MatchState,
        default=MatchState.SUGGESTED,
        help_text=_("Suggested until somebody has compared the two."),
    )

    class Meta(Row.Meta):
        """An identifier stands once."""

        verbose_name, verbose_name_plural = _("identifier elsewhere"), _("identifiers elsewhere")
        constraints = [
            models.UniqueConstraint(
                name="site_identifier_once",
                fields=["site", "scheme", "value"],
                violation_error_message=_("This identifier stands here already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} {self.value}"
