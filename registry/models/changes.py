"""The ledger's rows: who changed what, when and why, numbered in the order of commit."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _

from .base import State

RECENT = 2000  # rows


class Action(models.TextChoices):
    """What happened to the record."""

    CREATED = "created", _("Created")
    EDITED = "edited", _("Edited")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    MERGED = "merged", _("Merged")
    DELETED = "deleted", _("Deleted")


class ChangeQuerySet(models.QuerySet):
    """Questions about the history."""

    def of(self, code: str) -> Self:
        """The changes of one record, newest first."""
        return self.filter(entry_code=code).order_by("-number")

    def public(self) -> Self:
        """Changes that the public may know of: made while the record was public, or that made it so."""
        return self.filter(public=True)

    def revision(self) -> int:
        """The newest number: the register's revision."""
        return self.aggregate(newest=models.Max("number"))["newest"] or 0

    def by_month(self) -> Self:
        """Annotate `month`: the first day of the month of each change, by the clock of the register."""
        return self.annotate(month=TruncMonth("at", output_field=models.DateField()))

    def in_months(self, months: Iterable[date]) -> Self:
        """Changes made in any of the months, each given as its first day."""
        return self.by_month().filter(month__in=list(months))

    def newest_of_batches(self, start: int, stop: int) -> list[int]:
        """The number of the newest of these changes in each batch, newest first; those from `start` to `stop`.

        The newest RECENT rows mostly tell; only where one large batch fills them all are the batches grouped.
        """
        rows = list(self.order_by("-number").values_list("batch", "number")[:RECENT])
        newest: dict[UUID, int] = {}
        for batch, number in rows:
            newest.setdefault(batch, number)
        if len(rows) < RECENT or len(newest) >= stop:
            return list(newest.values())[start:stop]
        grouped = self.order_by().values("batch").annotate(newest=models.Max("number")).order_by("-newest")
        return list(grouped.values_list("newest", flat=True)[start:stop])

    def batches(self) -> int:
        """In how many goes these changes were made."""
        return self.order_by().aggregate(n=models.Count("batch", distinct=True))["n"]

    def batches_by(self, column: str) -> dict[Any, int]:
        """The same for each value of a column, or for each `month`."""
        counted = self.by_month().order_by().values_list(column)
        return dict(counted.annotate(n=models.Count("batch", distinct=True)))

    def records_per_batch(self, batches: Iterable[UUID]) -> dict[UUID, int]:
        """How many records these changes touch in each of the batches."""
        counted = self.order_by().filter(batch__in=list(batches)).values_list("batch")
        return dict(counted.annotate(n=models.Count("entry_code", distinct=True)))


class Change(models.Model):
    """One record's change within one batch: the value of each changed field before and after."""

    number = models.BigIntegerField(_("number"), primary_key=True, editable=False)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="changes", verbose_name=_("by")
    )
    role = models.CharField(_("role"), max_length=150, blank=True)
    reason = models.CharField(_("reason"), max_length=500)
    credit = models.CharField(
        _("proposed by"), max_length=200, blank=True, help_text=_("As whoever proposed it wanted to be named.")
    )
    batch = models.UUIDField(_("batch"), db_index=True)
    action = models.CharField(_("action"), max_length=10, choices=Action)
    entry_type = models.CharField(_("noun"), max_length=40)
    entry_code = models.CharField(_("code"), max_length=16, db_collation="C")
    entry_title = models.CharField(_("title"), max_length=300)
    state = models.CharField(_("state after"), max_length=12, choices=State, blank=True)
    version = models.PositiveIntegerField(_("version after"))
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)
    public = models.BooleanField(_("public"), default=False)
    chain = models.CharField(
        "link", max_length=64, default="", editable=False, help_text="SHA-256 over this change and the link before it."
    )

    objects = ChangeQuerySet.as_manager()

    class Meta:
        """Only ever added to."""

        verbose_name, verbose_name_plural = _("change"), _("changes")
        ordering = ["-number"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["entry_code", "-number"], name="change_of_entry"),
            models.Index(fields=["-number"], name="change_public", condition=models.Q(public=True)),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.entry_code} {self.get_action_display()}"
