"""A record as linked data."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.generic import View

from registry import json_ld, public
from registry.models import Entry

from . import citing, errors


class LinkedData(View):
    """The schema.org document of a record, the same in every language."""

    model: type[Entry] = Entry

    def get(self, request: HttpRequest, code: str, **kwargs: Any) -> HttpResponse:
        """As `application/ld+json`; for what is not public as the page of the record."""
        entry = public.records(self.model).filter(pk=code).first()
        if entry is None:
            return errors.not_public(request, self.model, code)
        found = json_ld.document(entry, citing.lasting(request, f"{entry.noun}-detail", entry.pk))
        return HttpResponse(json_ld.dumped(found), content_type=json_ld.MEDIA_TYPE)
