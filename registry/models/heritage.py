"""What heritage is and how far work reaches: the terms that several nouns share."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from .translations import Text, joined, sentence


class HeritageType(models.TextChoices):
    """Kinds of heritage; the intangible ones are the domains of the 2003 Convention, Article 2."""

    MONUMENT = "monument", _("Monument")
    GROUP_OF_BUILDINGS = "group_of_buildings", _("Group of buildings")
    SITE = "site", _("Site")
    ARCHAEOLOGICAL_SITE = "archaeological_site", _("Archaeological site")
    CULTURAL_LANDSCAPE = "cultural_landscape", _("Cultural landscape")
    URBAN = "urban", _("Historic urban area")
    RELIGIOUS_SITE = "religious_site", _("Religious site")
    CEMETERY = "cemetery", _("Cemetery")
    MUSEUM = "museum", _("Museum")
    LIBRARY_ARCHIVE = "library_archive", _("Library or archive")
    MOVABLE = "movable", _("Movable heritage")
    UNDERWATER = "underwater", _("Underwater heritage")
    DOCUMENTARY = "documentary", _("Documentary heritage")
    NATURAL = "natural", _("Natural heritage")
    MIXED = "mixed", _("Mixed heritage")
    ORAL_TRADITIONS = "oral_traditions", _("Oral traditions and expressions")
    PERFORMING_ARTS = "performing_arts", _("Performing arts")
    SOCIAL_PRACTICES = "social_practices", _("Social practices, rituals and festive events")
    KNOWLEDGE_NATURE = "knowledge_nature", _("Knowledge concerning nature and the universe")
    TRADITIONAL_CRAFTSMANSHIP = "traditional_craftsmanship", _("Traditional craftsmanship")


INTANGIBLE = frozenset(
    {
        HeritageType.ORAL_TRADITIONS,
        HeritageType.PERFORMING_ARTS,
        HeritageType.SOCIAL_PRACTICES,
        HeritageType.KNOWLEDGE_NATURE,
        HeritageType.TRADITIONAL_CRAFTSMANSHIP,
    }
)
NATURAL = frozenset({HeritageType.NATURAL, HeritageType.MIXED})


def heritage_class(code: str) -> str:
    """The class a heritage type belongs to: tangible, intangible or natural."""
    if code in INTANGIBLE:
        return "intangible"
    return "natural" if code in NATURAL else "tangible"


class Scope(models.TextChoices):
    """How far the work reaches; "Various" in a source is `unspecified`."""

    SINGLE = "single", _("One place")
    SEVERAL = "several", _("Several places")
    UNSPECIFIED = "unspecified", _("Places not named")
    NATIONAL = "national", _("National")
    CROSS_BORDER = "cross_border", _("Cross-border")
    BASIN = "basin", _("The whole basin")


class Located(models.Model):
    """Work that happens somewhere: regions of the register, how far it reaches, and the source's own word."""

    scope = models.CharField(
        _("geographic scope"),
        max_length=12,
        choices=Scope,
        blank=True,
        help_text=_(
            "How far the work reaches. Where the source names no places, such as “Various”, choose “Places not named”."
        ),
    )
    regions = models.ManyToManyField(
        "registry.Region",
        blank=True,
        related_name="%(class)s_set",
        verbose_name=_("regions"),
        help_text=_(
            "Places of this register. The smallest that the source names is enough: what lies around it counts as well."
        ),
    )
    region_as_reported = models.CharField(
        _("region as reported"), max_length=200, blank=True, help_text=_("The source's own word, such as “Various”.")
    )

    class Meta:
        """Shared by projects and initiatives."""

        abstract = True

    @property
    def place_line(self) -> str:
        """Where it is, in one line: its published regions, else the source's own word, else "Not stated"."""
        names = [region.full_name for region in self.regions.all()]
        if names:
            return joined(names, "; ")
        if self.region_as_reported:
            return sentence(_("%(place)s, as reported"), place=Text(self.region_as_reported))
        return _("Place not stated")


def heritage_types_field() -> ArrayField:
    """Several heritage types on one record."""
    return ArrayField(
        models.CharField(max_length=32, choices=HeritageType),
        default=list,
        blank=True,
        verbose_name=_("heritage types"),
        help_text=_("All that fit. The intangible ones are the domains of the 2003 Convention, Article 2."),
    )
