"""Public pages of digital resources, and the files that the register holds."""

from typing import Any

from csp.constants import NONE
from csp.decorators import csp
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from registry import files
from registry.files import previews
from registry.models import Initiative, Observation, Project, Resource, Site

from . import errors, facts
from .gallery import Piece
from .lists import EntryList
from .records import EntryDetail, Related, group, list_url

_TOLD_APART = ("status", "url", "rights", "rights_holder", "alternative_text", "file_name", "file_sha256")
_EVIDENCE_SHOWN = 10


class ResourceList(EntryList):
    """The list of digital resources."""

    model = Resource
    sorts = {"-dates": gettext_lazy("Latest first")}


class ResourceDetail(EntryDetail):
    """The page of a digital resource."""

    model = Resource
    told_apart = _TOLD_APART

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what can be seen of it here, who may use it, and the observations it is evidence for."""
        context = super().get_context_data(**kwargs)
        observations = Observation.objects.public().filter(evidence=self.entry).in_time()
        return context | {
            "piece": Piece(self.entry),
            "notes": {name: facts.notes_on(name, context["footnotes"]) for name in _TOLD_APART},
            "observations": observations[:_EVIDENCE_SHOWN],
        }

    def related(self) -> list[Related]:
        """What else belongs to the same initiative, project or site."""
        found = []
        for model, label in (
            (Initiative, _("From the same initiative")),
            (Project, _("From the same project")),
            (Site, _("Of the same site")),
        ):
            owner = getattr(self.entry, model.noun)
            if owner:
                others = Resource.objects.filter(**{model.noun: owner}).exclude(pk=self.entry.pk)
                found.append(group(label, others, list_url(Resource, **{model.noun: owner.pk})))
        return found


class ResourceFile(View):
    """The file of a published resource; what is not public has none, and what was withdrawn says why."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, code: str) -> HttpResponseBase:
        """The bytes as they were taken in, never as a page of ours."""
        resource = Resource.objects.public().filter(pk=code).first()
        if resource is None:
            return errors.not_public(request, Resource, code)
        if not resource.file_sha256:
            raise Http404
        return self.answer(request, resource)

    def answer(self, request: HttpRequest, resource: Resource) -> HttpResponseBase:
        """The file as it is kept."""
        return files.answer(request, resource.file_sha256, resource.file_type, resource.file_name)


class ResourcePreview(ResourceFile):
    """The image of a published resource in small, for lists; other files have none."""

    def answer(self, request: HttpRequest, resource: Resource) -> HttpResponseBase:
        """A WebP that stays the same as long as the image does."""
        if not resource.is_image:
            raise Http404
        return _preview(request, resource)


@csp({"default-src": [NONE], "sandbox": True})
def _preview(request: HttpRequest, resource: Resource) -> HttpResponse:
    etag = f'"{resource.file_sha256}.{previews.LONGEST_EDGE}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        try:
            small = previews.preview(resource.file_sha256, resource.file_type)
        except (FileNotFoundError, ValueError) as error:
            raise Http404 from error
        answer = HttpResponse(small, content_type=previews.MEDIA_TYPE)
    answer["ETag"] = etag
    return answer
