"""Public pages of observations: what was seen, when and how, and how sure it is."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.models import Observation, Verification
from registry.models.translations import sentence
from registry.monitoring import COUNTED

from . import dates, facts
from .gallery import Piece
from .lists import EntryList
from .monitoring import MEANINGS, Rung
from .records import EntryDetail, Related, group, list_url

_SEEN = ("trend", "damage_extent", "damage_class")
_TOLD_APART = ("condition", *_SEEN, "threats", "verification", "verified_by", "evidence")


class ObservationList(EntryList):
    """The list of observations."""

    model = Observation
    sorts = {"-dates": gettext_lazy("Latest first"), "dates": gettext_lazy("Earliest first")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With how many of those found stand on the rungs that figures count.

        The facet has counted each rung already, leaving the question for rungs itself aside.
        """
        context = super().get_context_data(**kwargs)
        options = next(facet.options for facet in context["facets"] if facet.name == "verification")
        chosen = {option.value for option in options if option.selected}
        counted = [option for option in options if option.value in COUNTED and option.value in (chosen or COUNTED)]
        asked = self.request.GET.copy()
        asked.pop("page", None)
        asked.setlist("verification", [option.value for option in counted])
        return context | {
            "counted": sum(option.count for option in counted),
            "counted_rungs": [str(rung.label) for rung in COUNTED],
            "counted_url": f"?{asked.urlencode()}",
        }


class ObservationDetail(EntryDetail):
    """The page of an observation."""

    model = Observation
    told_apart = _TOLD_APART

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what was seen, the rung it stands on in words, and its evidence."""
        context = super().get_context_data(**kwargs)
        entry = self.entry
        told = {fact.name: fact for fact in facts.facts(entry, context["footnotes"])}
        return context | {
            "condition_notes": told["condition"].notes,
            "seen": [told[name] for name in _SEEN if name in told],
            "threats": told["threats"],
            "rungs": rungs(entry),
            "checked": checked(entry),
            "rung_notes": told["verification"].notes,
            "evidence": [Piece(resource) for resource in entry.evidence.all()],
        }

    def related(self) -> list[Related]:
        """What else was seen at the same site, and by the same mission."""
        found = []
        for name, label in (("site", _("Seen at the same site")), ("mission", _("Made by the same mission"))):
            owner = getattr(self.entry, name)
            if owner:
                others = Observation.objects.filter(**{name: owner}).exclude(pk=self.entry.pk)
                found.append(group(label, others, list_url(Observation, **{name: owner.pk})))
        return found


def rungs(observation: Observation) -> list[Rung]:
    """The rungs of the ladder with what each means; `counted` marks the one it stands on."""
    return [
        Rung(
            code.value,
            str(code.label),
            MEANINGS[code],
            0,
            list_url(Observation, verification=code),
            code == observation.verification,
        )
        for code in Verification
    ]


def checked(observation: Observation) -> str:
    """Who verified it, how and when, in a sentence; "" for what is not verified."""
    if observation.verification != Verification.VERIFIED:
        return ""
    body = observation.verified_by
    name = body.shown_title if body else _("a body that the register does not show")
    said = {"body": name, "method": observation.get_method_display().lower(), "date": dates.words(observation.dates)}
    return sentence(_("Verified by %(body)s. Method: %(method)s. Date: %(date)s."), **said)
