"""Digital resources: films, images, models, datasets and broadcasts, as a file of the register or a link."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .base import Entry, EntryQuerySet
from .edtf_dates import Dated
from .initiatives import Initiative
from .organisations import Organisation
from .placed import Placed
from .projects import Project
from .regions import Region
from .sites import Site
from .wording import validate_language, validate_plain, validate_web_address


class ResourceKind(models.TextChoices):
    """What it is."""

    DOCUMENTARY = "documentary", _("Documentary")
    VIDEO = "video", _("Video")
    ANIMATION_2D = "animation_2d", _("2D animation")
    ANIMATION_3D = "animation_3d", _("3D animation")
    MODEL_3D = "model_3d", _("3D model")
    IMAGE = "image", _("Image")
    AUDIO = "audio", _("Sound")
    DOCUMENT = "document", _("Document")
    DATASET = "dataset", _("Dataset")
    EXHIBITION = "exhibition", _("Online exhibition")
    BROADCAST = "broadcast", _("Broadcast")
    SHOP = "shop", _("Online sales")
    CAMPAIGN = "campaign", _("Campaign")


class ResourceState(models.TextChoices):
    """Whether people can see it now."""

    SCHEDULED = "scheduled", _("Scheduled")
    LIVE = "live", _("Available")
    ARCHIVED = "archived", _("Archived")
    DEAD_LINK = "dead_link", _("The link no longer works")


class Rights(models.TextChoices):
    """Licences by their SPDX identifier, and statements of RightsStatements.org; empty is “not stated”."""

    CC0 = "CC0-1.0", "CC0 1.0"
    CC_BY = "CC-BY-4.0", "CC BY 4.0"
    CC_BY_SA = "CC-BY-SA-4.0", "CC BY-SA 4.0"
    CC_BY_ND = "CC-BY-ND-4.0", "CC BY-ND 4.0"
    CC_BY_NC = "CC-BY-NC-4.0", "CC BY-NC 4.0"
    CC_BY_NC_SA = "CC-BY-NC-SA-4.0", "CC BY-NC-SA 4.0"
    CC_BY_NC_ND = "CC-BY-NC-ND-4.0", "CC BY-NC-ND 4.0"
    CC_BY_3 = "CC-BY-3.0", "CC BY 3.0"
    CC_BY_SA_3 = "CC-BY-SA-3.0", "CC BY-SA 3.0"
    ODBL = "ODbL-1.0", "Open Database License 1.0"
    PDDL = "PDDL-1.0", "Public Domain Dedication and License 1.0"
    IN_COPYRIGHT = "InC", _("In copyright")
    IN_COPYRIGHT_EU_ORPHAN = "InC-OW-EU", _("In copyright, EU orphan work")
    IN_COPYRIGHT_EDUCATION = "InC-EDU", _("In copyright, educational use permitted")
    IN_COPYRIGHT_NON_COMMERCIAL = "InC-NC", _("In copyright, non-commercial use permitted")
    IN_COPYRIGHT_UNLOCATABLE = "InC-RUU", _("In copyright, rights-holder unlocatable")
    NO_COPYRIGHT_CONTRACT = "NoC-CR", _("No copyright, contractual restrictions")
    NO_COPYRIGHT_NON_COMMERCIAL = "NoC-NC", _("No copyright, non-commercial use only")
    NO_COPYRIGHT_OTHER = "NoC-OKLR", _("No copyright, other known legal restrictions")
    NO_COPYRIGHT_US = "NoC-US", _("No copyright, United States")
    NOT_EVALUATED = "CNE", _("Copyright not evaluated")
    UNDETERMINED = "UND", _("Copyright undetermined")
    NO_KNOWN_COPYRIGHT = "NKC", _("No known copyright")


class Resource(Entry, Dated, Placed):
    """Something to look at, listen to or download; it belongs to an initiative, a project or a site."""

    prefix, noun, slug = "RES", "resource", "resources"
    place_paths = ("regions", "site__region", "project__regions", "initiative__regions")
    inseparable = (("file_name", "file_type", "file_size", "file_sha256", "image_width", "image_height"),)

    kind = models.CharField(
        _("kind"),
        max_length=12,
        choices=ResourceKind,
        db_index=True,
        help_text=_("What people get: to read, to watch, to listen to, to buy."),
    )
    status = models.CharField(
        _("availability"),
        max_length=10,
        choices=ResourceState,
        blank=True,
        db_index=True,
        help_text=_("Whether it can be had now. Links that stay dead are marked by the daily look at links."),
    )
    shown_at = models.CharField(
        _("where it was shown, as reported"),
        max_length=200,
        blank=True,
        validators=[validate_plain],
        help_text=_("The channel or the place, as the source names it."),
    )
    url = models.URLField(
        _("web address"),
        blank=True,
        max_length=1000,
        validators=[validate_web_address],
        help_text=_("Where it can be had, beginning with https://."),
    )
    languages = ArrayField(
        models.CharField(max_length=3, validators=[validate_language]),
        default=list,
        blank=True,
        verbose_name=_("languages"),
        help_text=_("ISO 639, one in each line, such as az."),
    )
    rights = models.CharField(
        _("rights"), max_length=16, choices=Rights, blank=True, help_text=_("Empty: not stated by the source.")
    )
    rights_holder = models.CharField(
        _("rights holder"),
        max_length=200,
        blank=True,
        validators=[validate_plain],
        help_text=_("As the source names it."),
    )
    creator = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="resources",
        verbose_name=_("made by"),
        help_text=_("The body that made it, where it is in this register."),
    )
    initiative = models.ForeignKey(
        Initiative,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="resources",
        verbose_name=_("initiative"),
        help_text=_("The initiative that it belongs to."),
    )
    project = models.ForeignKey(
        Project,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="resources",
        verbose_name=_("project"),
        help_text=_("The project that it belongs to."),
    )
    site = models.ForeignKey(
        Site,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="resources",
        verbose_name=_("site"),
        help_text=_("The site that it shows."),
    )
    regions = models.ManyToManyField(
        Region,
        blank=True,
        related_name="resource_set",
        verbose_name=_("regions"),
        help_text=_("The places that it is about."),
    )
    alternative_text = models.CharField(
        _("alternative text"),
        max_length=500,
        blank=True,
        validators=[validate_plain],
        help_text=_("What an image shows, for people who cannot see it."),
    )
    file_name = models.CharField(_("file"), max_length=150, blank=True, editable=False)
    file_type = models.CharField(_("file type"), max_length=60, blank=True, editable=False)
    file_size = models.PositiveBigIntegerField(_("file size in bytes"), null=True, blank=True, editable=False)
    file_sha256 = models.CharField(
        _("SHA-256 of the file"),
        max_length=64,
        blank=True,
        editable=False,
        validators=[RegexValidator(r"\A[0-9a-f]{64}\Z")],
    )
    image_width = models.PositiveIntegerField(_("width in pixels"), null=True, blank=True, editable=False)
    image_height = models.PositiveIntegerField(_("height in pixels"), null=True, blank=True, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta(Entry.Meta):
        """A file is known whole or not at all."""

        verbose_name, verbose_name_plural = _("digital resource"), _("digital resources")
        indexes = [*Entry.Meta.indexes, *Dated.Meta.indexes, *Placed.Meta.indexes]
        constraints = [
            *Entry.Meta.constraints,
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="resource_file_is_whole",
                condition=Q(file_sha256="", file_name="", file_type="", file_size=None)
                | ~Q(file_sha256="") & ~Q(file_name="") & ~Q(file_type="") & Q(file_size__gt=0),
                violation_error_message=_("A file has a name, a type, a size and a checksum."),
            ),
        ]

    @property
    def is_image(self) -> bool:
        """Whether the register holds an image that a page can show."""
        return self.file_type.startswith("image/")
