"""Assemblies, conferences and meetings where work was presented or words were said."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import Entry, EntryQuerySet
from .edtf_dates import Dated
from .organisations import Organisation
from .placed import Placed
from .regions import Region


class EventKind(models.TextChoices):
    """What sort of gathering it was."""

    GENERAL_ASSEMBLY = "general_assembly", _("General assembly")
    CONFERENCE = "conference", _("Conference")
    PANEL = "panel", _("Panel session")
    MEETING = "meeting", _("Meeting")
    TRAINING = "training", _("Training")
    OTHER = "other", _("Other")


class Event(Entry, Dated, Placed):
    """A gathering, with its number in a series and the larger event it was part of."""

    prefix, noun, slug = "EVT", "event", "events"
    place_paths = ("region",)

    kind = models.CharField(_("kind"), max_length=16, choices=EventKind, help_text=_("What the source calls it."))
    number_in_series = models.PositiveSmallIntegerField(
        _("number in its series"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Such as 4 for the fourth of its name."),
    )
    part_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
        help_text=_("The larger gathering that it was held within."),
    )
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("place"),
        help_text=_("The town or country where it was held."),
    )
    organiser = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("organiser"),
        help_text=_("The body that called it together."),
    )

    objects = EntryQuerySet.as_manager()

    class Meta(Entry.Meta):
        """The common rules of an entry and of its dates."""

        verbose_name, verbose_name_plural = _("event"), _("events")
        indexes = [*Entry.Meta.indexes, *Dated.Meta.indexes, *Placed.Meta.indexes]
        constraints = [*Entry.Meta.constraints, *Dated.Meta.constraints]
