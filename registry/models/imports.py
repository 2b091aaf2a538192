"""Sheets that somebody brings in: the file, which column means what, and what became of each row."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .jobs import Job
from .wording import validate_plain


class ImportState(models.TextChoices):
    """Where an import stands."""

    READ = "read", _("Columns to be matched")
    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked, to be confirmed")
    IMPORTING = "importing", _("Being imported")
    IMPORTED = "imported", _("Imported")
    STOPPED = "stopped", _("Stopped")
    FAILED = "failed", _("Failed")


class RowOutcome(models.TextChoices):
    """What a row of the sheet is to the register."""

    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    UNCHANGED = "unchanged", _("Unchanged")
    REFUSED = "refused", _("Refused")


class Import(models.Model):
    """A sheet of records of one noun, from the file to the one batch that an undo takes back."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="imports", verbose_name=_("by"))
    entry_type = models.CharField(_("noun"), max_length=40)
    file_name = models.CharField(_("file"), max_length=200, validators=[validate_plain])
    content = models.BinaryField(_("content"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    reading = models.JSONField(_("how it is read"), default=dict, blank=True)
    headers = models.JSONField(_("headers"), default=list, blank=True)
    mapping = models.JSONField(_("columns"), default=dict, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True, validators=[validate_plain])
    publish = models.BooleanField(_("publish what is complete"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=ImportState, default=ImportState.READ)
    counts = models.JSONField(_("counts"), default=dict, blank=True)
    batch = models.UUIDField(_("batch"), default=uuid.uuid4, editable=False)
    job = models.ForeignKey(Job, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("job"))
    next_row = models.PositiveIntegerField(_("next row"), default=0)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)

    class Meta:
        """The newest first."""

        verbose_name, verbose_name_plural = _("import"), _("imports")
        ordering = ["-made_at", "-pk"]
        default_permissions = ("view", "add")

    def __str__(self) -> str:
        return self.file_name


class ImportRow(models.Model):
    """A row that is not unchanged: what it would change, cell by cell, or every reason why it is refused."""

    sheet = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("row"))
    code = models.CharField(_("code"), max_length=16, blank=True)
    title = models.CharField(_("title"), max_length=300, blank=True)
    outcome = models.CharField(_("outcome"), max_length=9, choices=RowOutcome)
    version = models.PositiveIntegerField(_("version"), null=True, blank=True)
    before = models.JSONField(_("before"), default=dict, blank=True)
    after = models.JSONField(_("after"), default=dict, blank=True)
    problems = models.JSONField(_("problems"), default=list, blank=True)

    class Meta:
        """In the order of the sheet."""

        verbose_name, verbose_name_plural = _("row of a sheet"), _("rows of a sheet")
        ordering = ["number"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(name="import_row_once", fields=["sheet", "number"])]

    def __str__(self) -> str:
        return f"{self.sheet_id}, {self.number}"
