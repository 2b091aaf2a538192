"""Where every fact comes from: sources, and the citations that tie a record to them."""

from typing import Self

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import Entry, EntryQuerySet, State
from .edtf_dates import Dated
from .wording import compose, validate_language, validate_plain, validate_web_address


class SourceKind(models.TextChoices):
    """What sort of document a source is."""

    NEWS = "news", _("News report")
    PRESS_RELEASE = "press_release", _("Press release")
    WEB_PAGE = "web_page", _("Web page")
    REPORT = "report", _("Report")
    LEGAL = "legal", _("Legal instrument")
    DATASET = "dataset", _("Dataset")
    BOOK = "book", _("Book or article")
    ARCHIVE = "archive", _("Archival document")
    TESTIMONY = "testimony", _("Oral or written testimony")
    OTHER = "other", _("Other")


class Source(Entry, Dated):
    """A document that facts were taken from; a source without a date has no date."""

    prefix, noun, slug = "SRC", "source", "sources"
    needs_citation = False

    kind = models.CharField(_("kind"), max_length=14, choices=SourceKind, help_text=_("What the document is."))
    publisher = models.CharField(
        _("publisher"),
        max_length=200,
        blank=True,
        validators=[validate_plain],
        help_text=_("Who published it, as it says itself."),
    )
    language = models.CharField(
        _("language"), max_length=3, blank=True, validators=[validate_language], help_text=_("ISO 639, such as en.")
    )
    url = models.URLField(
        _("web address"),
        blank=True,
        max_length=1000,
        validators=[validate_web_address],
        help_text=_("Where it can be read, beginning with https://."),
    )
    retrieved_on = models.DateField(
        _("retrieved on"),
        null=True,
        blank=True,
        help_text=_("The day somebody last read it there. It is not the date of the source."),
    )
    reliability_note = models.CharField(
        _("reliability note"),
        max_length=500,
        blank=True,
        validators=[validate_plain],
        help_text=_("What a reader should know before relying on it. Everybody can read this."),
    )
    archived_sha256 = models.CharField(
        _("SHA-256 of the archived copy"),
        max_length=64,
        blank=True,
        validators=[RegexValidator(r"^[0-9a-f]{64}$", _("A SHA-256 has 64 hexadecimal digits in lower case."))],
        help_text=_("Of a copy that is kept elsewhere, so that anybody can tell whether it is the same."),
    )

    objects = EntryQuerySet.as_manager()

    class Meta(Entry.Meta):
        """The common rules of an entry and of its dates."""

        verbose_name, verbose_name_plural = _("source"), _("sources")
        indexes = [*Entry.Meta.indexes, *Dated.Meta.indexes]
        constraints = [*Entry.Meta.constraints, *Dated.Meta.constraints]


class CitationQuerySet(models.QuerySet):
    """Questions about citations."""

    def public(self) -> Self:
        """Citations of published sources."""
        return self.filter(source__state=State.PUBLISHED).select_related("source")

    def get_by_natural_key(self, entry_type: list[str], entry_code: str, source: str, locator: str) -> "Citation":
        """A record cites one place of one source once."""
        kind = ContentType.objects.get_by_natural_key(*entry_type)
        return self.get(entry_type=kind, entry_code=entry_code, source=source, locator=locator)


class Citation(models.Model):
    """A source, the place in it, and the fields of the record that it supports."""

    entry_type = models.ForeignKey(ContentType, models.PROTECT, editable=False)
    entry_code = models.CharField(max_length=16, db_collation="C", editable=False)
    entry = GenericForeignKey("entry_type", "entry_code")
    source = models.ForeignKey(Source, models.PROTECT, related_name="cited_in", verbose_name=_("source"))
    locator = models.CharField(
        _("where in the source"),
        max_length=200,
        blank=True,
        validators=[validate_plain],
        help_text=_("So that anybody finds it: “projects table, row 1”, “page 12”, “third paragraph”."),
    )
    fields = ArrayField(
        models.CharField(max_length=40),
        default=list,
        blank=True,
        verbose_name=_("fields it supports"),
        help_text=_("Empty: it supports the record as a whole."),
    )
    note = models.CharField(_("note"), max_length=500, blank=True, validators=[validate_plain])

    objects = CitationQuerySet.as_manager()

    class Meta:
        """One citation for one place in one source."""

        verbose_name, verbose_name_plural = _("citation"), _("citations")
        ordering = ["pk"]
        indexes = [models.Index(fields=["entry_type", "entry_code"], name="citation_of_entry")]
        constraints = [
            models.UniqueConstraint(
                name="citation_once",
                fields=["entry_type", "entry_code", "source", "locator"],
                violation_error_message=_("This place in this source is cited already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.locator}" if self.locator else str(self.source)

    @classmethod
    def public_path(cls, name: str) -> str:
        """The lookup, from the record, to the entry that must be published for the row to be."""
        return f"{name}__source"

    def natural_key(self) -> tuple:
        """Entry type and code, source and locator."""
        return (self.entry_type.natural_key(), self.entry_code, self.source_id, self.locator)

    def clean(self) -> None:
        """The fields it supports are fields of the record; its words are stored composed."""
        super().clean()
        compose(self)
        if not self.entry_type_id:
            return
        model = self.entry_type.model_class()
        known = {field.name for field in model._meta.get_fields()}
        if unknown := sorted(set(self.fields) - known):
            raise ValidationError(
                {
                    "fields": _("%(model)s has no field %(names)s.")
                    % {"model": model.__name__, "names": ", ".join(unknown)}
                }
            )
