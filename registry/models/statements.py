"""Statements: what a named speaker said, in our words, and how far it has been verified."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Prefetch
from django.utils.translation import gettext_lazy as _

from .base import Entry, EntryQuerySet, State
from .edtf_dates import Dated
from .events import Event
from .organisations import Organisation
from .publication import Item
from .wording import validate_plain


class Verification(models.TextChoices):
    """How far a claim has been checked.

    Corroborated: two or more independent sources. Verified: a named body, a method and a date.
    """

    ALLEGED = "alleged", _("Alleged")
    REPORTED = "reported", _("Reported")
    CORROBORATED = "corroborated", _("Corroborated")
    VERIFIED = "verified", _("Verified")
    DISPUTED = "disputed", _("Disputed")
    REFUTED = "refuted", _("Refuted")
    WITHDRAWN = "withdrawn", _("Withdrawn by the speaker")


class StatementQuerySet(EntryQuerySet):
    """Questions about statements."""

    def about(self, code: str) -> Self:
        """What was said about a record, the latest first, with who spoke for whom and where, as far as it is public."""
        told = [Prefetch("affiliation", Organisation.objects.public()), Prefetch("event", Event.objects.public())]
        found = self.filter(about__contains=[code]).prefetch_related(*told)
        return found.order_by(F("dates_latest").desc(nulls_last=True), "pk")


class Statement(Entry, Dated):
    """Words that belong to their speaker; the summary says them in ours."""

    prefix, noun, slug = "STM", "statement", "statements"

    speaker = models.CharField(
        _("speaker"),
        max_length=200,
        validators=[validate_plain],
        help_text=_("Who said it: a name in public office or on a public panel, as the source gives it."),
    )
    speaker_role = models.CharField(
        _("role of the speaker"),
        max_length=200,
        blank=True,
        validators=[validate_plain],
        help_text=_("In which capacity, as the source says."),
    )
    affiliation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="statements",
        verbose_name=_("affiliation"),
        help_text=_("The body that the speaker spoke for."),
    )
    event = models.ForeignKey(
        Event,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="statements",
        verbose_name=_("said at"),
        help_text=_("The gathering at which it was said."),
    )
    about = ArrayField(
        models.CharField(max_length=16, validators=[RegexValidator(r"^[A-Z]{3}-\d{4,12}$")]),
        default=list,
        blank=True,
        verbose_name=_("about"),
        help_text=_("Codes of the records it is about, separated by commas, such as REG-0002, PRJ-0001."),
    )
    verification = models.CharField(
        _("verification"),
        max_length=12,
        choices=Verification,
        help_text=_("Alleged until somebody else says so too. Verified: by a named body, a method and a date."),
    )

    objects = StatementQuerySet.as_manager()

    class Meta(Entry.Meta):
        """The common rules of an entry and of its dates."""

        verbose_name, verbose_name_plural = _("statement"), _("statements")
        indexes = [*Entry.Meta.indexes, *Dated.Meta.indexes, GinIndex(fields=["about"], name="statement_about")]
        constraints = [*Entry.Meta.constraints, *Dated.Meta.constraints]

    def publication_checklist(self) -> list[Item]:
        """What it is about may be read by the public as well."""
        items = super().publication_checklist()
        if self.about:
            hidden = sorted(set(self.about) - set(self.published_subjects()))
            problem = _("It is about %(codes)s, which the public cannot read.") % {"codes": ", ".join(hidden)}
            items.append(Item("about", _("The public can read what it is about."), not hidden, problem))
        return items

    def published_subjects(self) -> list[str]:
        """The codes of `about` whose records are or were public."""
        known: list[str] = []
        for model in Entry.__subclasses__():
            codes = [code for code in self.about if code.startswith(f"{model.prefix}-")]
            if codes:
                shown = model.objects.filter(pk__in=codes, state__in=[State.PUBLISHED, State.WITHDRAWN])
                known.extend(shown.values_list("pk", flat=True))
        return known
