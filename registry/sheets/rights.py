"""What somebody may do with the rows of a sheet: the same as with each record in its own form."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from registry import scope
from registry.models import Entry, State, User
from registry.scope import looks_after, regions_of


class Rights:
    """The rights of one person, asked once for a whole sheet."""

    def __init__(self, user: User) -> None:
        self.user = user
        self._known: dict[str, bool] = {}

    def has(self, action: str, model: type[Entry]) -> bool:
        """Whether they may do this to records of the noun."""
        right = f"registry.{action}_{model._meta.model_name}"
        if right not in self._known:
            self._known[right] = self.user.has_perm(right)
        return self._known[right]

    def seen(self, model: type[Entry], codes: Iterable[str]) -> dict[str, Entry]:
        """By code, the records that they may see."""
        if not self.has("view", model):
            return {}
        records = scope.visible(self.user, model.objects.order_by().defer("search", "search_text"))
        if regions_of(self.user):
            records = records.prefetch_related(*getattr(model, "place_paths", ()))
        return records.in_bulk(codes)

    def against_changing(self, entry: Entry) -> list[str]:
        """Why they may not change the record; nothing when they may."""
        model, reasons = type(entry), []
        if not self.has("change", model):
            reasons.append(_("You may not change records of this noun."))
        if entry.state not in {State.DRAFT, State.IN_REVIEW} and not self.has("publish", model):
            reasons.append(_("The public reads this record. Changing it needs the right to publish."))
        if not looks_after(self.user, entry):
            reasons.append(_("The record lies outside the regions of your account."))
        return reasons

    def against_adding(self, model: type[Entry]) -> str:
        """Why they may not add records of the noun."""
        return "" if self.has("add", model) else _("You may not add records of this noun.")

    def against_placing(self, entry: Entry) -> str:
        """Why this record, which is stored with its places, may not lie there."""
        if regions_of(self.user) and not looks_after(self.user, type(entry).objects.get(pk=entry.pk)):
            return _("The record would lie outside the regions of your account.")
        return ""
