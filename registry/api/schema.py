"""OpenAPI 3.1 from the code: every address, parameter, answer and code list."""

from functools import cache
from typing import Any

from django.db.models import TextChoices
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from registry import documents
from registry.downloads import FORMATS

from . import parameter_schemas, record_schemas

PROBLEM = "application/problem+json"
_HEADERS = {
    "ETag": "Strong; send it back as If-None-Match, and an unchanged register answers 304.",
    "Last-Modified": "When anything public last changed.",
    "Cache-Control": "Keep it, and ask again before using it.",
}
_ALWAYS = (401, 412, 429)
_LINK = "The pages around (RFC 8288): first, prev, next and last."
_WHEN = {
    301: "The record became part of another one; `Location` is the address of that.",
    304: "Nothing has changed since the ETag or the moment that the request names.",
    401: "A token was sent that is not known or has ended; without any token everybody reads.",
    400: "A parameter is unknown, malformed or given twice; `errors` names each, and what is allowed.",
    404: "There is no such record: never published, or never there.",
    406: "None of the formats that the Accept header takes.",
    410: "The record was withdrawn; `detail` is the reason.",
    412: "A condition of the request's own headers (If-Match, If-Unmodified-Since) does not hold.",
    429: "Much was asked for from one address or with one token within a minute, or as many files as may be at once "
    "are on their way; Retry-After says when to go on.",
}


class ProblemSerializer(serializers.Serializer):
    """Problem details (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField(help_text="The name of the status.")
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="What is wrong, for people.")
    errors = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()), required=False, help_text="By parameter."
    )


class PublicSchema(AutoSchema):
    """One GET, its errors and its headers."""

    operation, tag, summary = "", "register", ""
    refusals: tuple[int, ...] = (304, 400, 406)
    headers = _HEADERS
    given = "What was asked for."

    def _is_list_view(self, serializer: Any = None) -> bool:
        return False  # lists are described as the pages they are

    def get_operation_id(self) -> str:
        """A name for generated clients, such as projects_list."""
        return self.operation

    def get_tags(self) -> list[str]:
        """The collection."""
        return [self.tag]

    def get_summary(self) -> str:
        """One line."""
        return self.summary

    def get_override_parameters(self) -> list[OpenApiParameter]:
        """The headers of an answer; a subclass adds its parameters."""
        headers = [
            OpenApiParameter(name, str, OpenApiParameter.HEADER, description=said, response=[200])
            for name, said in self.headers.items()
        ]
        wait = OpenApiParameter("Retry-After", int, OpenApiParameter.HEADER, description="Seconds.", response=[429])
        return [*headers, wait, parameter_schemas.format_of(self.formats())]

    def get_response_serializers(self) -> dict[Any, Any]:
        """The answer, and every refusal as a problem."""
        answers: dict[Any, Any] = {200: OpenApiResponse(self.answer(), self.given)}
        if len(self.view.renderer_classes) > 1:
            json, *others = self.view.renderer_classes
            answers = {(200, json.media_type): answers[200]}
            answers |= {(200, found.media_type): self.file(found.format) for found in others}
        for code in sorted({*self.refusals, *_ALWAYS}):
            body = None if code == 304 else ProblemSerializer
            answers[(code, PROBLEM) if body else code] = OpenApiResponse(body, _WHEN[code])
        return answers

    def file(self, name: str) -> OpenApiResponse:
        """A whole list as a file, or one record as one."""
        written = FORMATS[name]
        return OpenApiResponse(str if written.is_text else OpenApiTypes.BINARY, f"{written.title}. {written.said}")

    def formats(self) -> list[str]:
        """What `?format=` takes."""
        return [renderer.format for renderer in self.view.renderer_classes]

    def answer(self) -> Any:
        """What a 200 holds."""
        return self.view.serializer_class

    def page_of(self, serializer: type[serializers.Serializer], **more: Any) -> dict[str, Any]:
        """A page of records as a component of its own."""
        record = self.resolve_serializer(serializer, "response")
        each = more.pop("each", record.ref)
        address = {"type": ["string", "null"], "format": "uri"}
        page = ResolvedComponent(
            name=f"{record.name}Page",
            type=ResolvedComponent.SCHEMA,
            object=f"{record.name}Page",
            schema={
                "type": "object",
                "description": "A page of a list.",
                "required": ["count", "next", "previous", "results"],
                "properties": {
                    "count": {"type": "integer", "minimum": 0, "description": "How many there are on all pages."},
                    "next": address | {"description": "The page after this one."},
                    "previous": address | {"description": "The page before this one."},
                    "results": {"type": "array", "items": each},
                    **more,
                },
            },
        )
        self.registry.register_on_missing(page)
        return page.ref


class RootSchema(PublicSchema):
    """The front door."""

    operation, summary = "root", "What there is"


class ChangesSchema(PublicSchema):
    """The feed."""

    operation, tag, summary = "changes_list", "changes", "Follow every public change"
    headers = _HEADERS | {"Link": _LINK}

    def get_override_parameters(self) -> list[OpenApiParameter]:
        """After which number, how many, of which collections."""
        return [*super().get_override_parameters(), *parameter_schemas.of_changes()]


class VocabularySchema(PublicSchema):
    """The code lists."""

    tag = "vocabularies"

    def __init__(self, *, many: bool) -> None:
        self.many = many
        super().__init__()
        self.operation = "vocabularies_list" if many else "vocabularies_retrieve"
        self.summary = "List every vocabulary" if many else "One vocabulary"
        self.refusals = (304, 400, 406) if many else (304, 400, 404, 406)

    def get_override_parameters(self) -> list[OpenApiParameter]:
        """The name, where there is one in the address."""
        name = OpenApiParameter("name", str, OpenApiParameter.PATH, description="Such as project_status.")
        return [*super().get_override_parameters(), *([] if self.many else [name])]

    def answer(self) -> Any:
        """All of them, or one."""
        return self.page_of(self.view.serializer_class) if self.many else self.view.serializer_class


class EntrySchema(PublicSchema):
    """The list of a noun, and one record."""

    def get_operation_id(self) -> str:
        """projects_list, projects_retrieve."""
        return f"{self.view.model.slug}_{self.view.action}"

    def get_tags(self) -> list[str]:
        """The collection."""
        return [self.view.model.slug]

    def get_summary(self) -> str:
        """One line."""
        meta = self.view.model._meta
        return f"List {meta.verbose_name_plural}" if self.view.action == "list" else f"One {meta.verbose_name}"

    def get_description(self) -> str:
        """What the noun is, and what the address gives."""
        what = (self.view.list if self.view.action == "list" else self.view.retrieve).__doc__
        return f"{type(self.view).__doc__}\n\n{what}"

    @property
    def refusals(self) -> tuple[int, ...]:
        """A record may be unknown, withdrawn or part of another one."""
        return (304, 400, 406) if self.view.action == "list" else (301, 304, 400, 404, 406, 410)

    @property
    def headers(self) -> dict[str, str]:
        """A list links to its pages."""
        return _HEADERS | ({"Link": _LINK} if self.view.action == "list" else {})

    def get_override_parameters(self) -> list[OpenApiParameter]:
        """Every question the list takes; of a record its code and the fields wanted."""
        own = parameter_schemas.of_list if self.view.action == "list" else parameter_schemas.of_record
        return [*super().get_override_parameters(), *own(self.view.model, documents.names(self.view.model))]

    def answer(self) -> Any:
        """A page, or the record."""
        record = record_schemas.whole_or_narrowed(self, self.view.serializer_class)
        if self.view.action == "retrieve":
            return record
        return self.page_of(self.view.serializer_class, each=record, facets=parameter_schemas.FACETS)

    def file(self, name: str) -> OpenApiResponse:
        """The same in another format; GeoJSON is JSON and said as such."""
        said = super().file(name)
        if name == "geojson":
            shape = record_schemas.features if self.view.action == "list" else record_schemas.feature
            said.response = shape(self, self.view.serializer_class)
        return said


class CodeExtension(OpenApiSerializerFieldExtension):
    """Each code list is a component of its own, by the name of its class."""

    target_class = "registry.api.fields.Code"

    def get_name(self) -> str:
        """Such as ProjectStatus."""
        return self.target.choices.__name__

    def map_serializer_field(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        """The codes, and in words what each means."""
        return codes(self.target.choices)


class AddressExtension(OpenApiSerializerFieldExtension):
    """A web address that may be unknown."""

    target_class = "registry.api.fields.Address"

    def map_serializer_field(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        """A URI."""
        return {"type": "string", "format": "uri"}


def codes(choices: type[TextChoices]) -> dict[str, Any]:
    """A code list as an enumeration, its labels in the description."""
    labels = "\n".join(f"* `{choice.value}` - {choice.label}" for choice in choices)
    return {"type": "string", "enum": choices.values, "description": labels}


@cache
def document() -> dict[str, Any]:
    """The whole schema; it changes only with the code."""
    return SchemaGenerator().get_schema(request=None, public=True)
