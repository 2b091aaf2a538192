"""What the form and the history of a record show of its way to the public."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from registry import scope
from registry.models import Action, Change, Entry, State

from .checklist import Step, mistakes, steps
from .duplicates import Duplicates
from .merging import Merging
from .planning import Planning
from .previews import Previews


class Publishing(Duplicates, Merging, Planning, Previews):
    """For the admin of a noun."""

    def has_withdraw_permission(self, request: HttpRequest) -> bool:
        """Whether this person may take back what the public reads."""
        return request.user.has_perm(f"{self.opts.app_label}.withdraw_{self.opts.model_name}")

    def render_change_form(self, request: HttpRequest, context: dict, **kwargs: Any) -> HttpResponse:
        entry = kwargs.get("obj")
        form, inlines = context["adminform"].form, context["inline_admin_formsets"]
        context |= {
            "may_withdraw": self.has_withdraw_permission(request),
            "may_merge": self.has_merge_permission(request),
            "mistakes": mistakes(self.model, form, [inline.formset for inline in inlines]) if form.is_bound else [],
            "steps": self._steps(request, entry),
            "likely_url": self._url("likely"),
            "preview_url": self._url("preview", entry.pk) if entry else self._url("preview_new"),
            "languages": settings.LANGUAGES,
            **self.plan_context(request, entry),
        }
        return super().render_change_form(request, context, **kwargs)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        return super().history_view(request, object_id, {"merges": self._merges(object_id), **(extra_context or {})})

    def may_undo(self, request: HttpRequest, change: Change, entry: Entry | None) -> bool:
        """A merge is parted by those who may merge; what an undo withdraws, by those who may withdraw."""
        if change.action == Action.MERGED:
            return self.has_merge_permission(request) and (entry is None or scope.looks_after(request.user, entry))
        if change.action == Action.PUBLISHED and not self.has_withdraw_permission(request):
            return False
        return super().may_undo(request, change, entry)

    def _steps(self, request: HttpRequest, entry: Entry | None) -> list[Step]:
        """What a draft still needs; nothing for what is public, or was."""
        if entry and (
            entry.state in {State.PUBLISHED, State.WITHDRAWN} or not self.has_change_permission(request, entry)
        ):
            return []
        return steps(entry or self.model())

    def _merges(self, code: str) -> list[tuple[Change, str]]:
        """The other records of the merges that the record was part of, each with the address of its history."""
        batches = Change.objects.of(code).filter(action=Action.MERGED).values("batch")
        ends = [Action.MERGED, Action.DELETED]
        others = Change.objects.filter(batch__in=batches, entry_type=self.opts.model_name, action__in=ends)
        return [(change, self._url("history", change.entry_code)) for change in others.exclude(entry_code=code)[:20]]

    def _url(self, name: str, *args: str) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}", args=args)
