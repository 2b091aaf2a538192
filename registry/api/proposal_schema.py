"""How the documentation describes proposals: one POST, one GET, their headers and refusals."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from .proposal_forms import ProposalStateSerializer, ProposedSerializer, ReceivedSerializer
from .schema import PROBLEM, ProblemSerializer

_REFUSED = {
    400: "The body or a header cannot be read; `errors` names each member, values as `values.status`.",
    401: "No token, or one that is not known or has ended.",
    403: "The token does not have the scope `propose`.",
    404: "No proposal of this account has the reference.",
    406: "None of the formats that the Accept header takes.",
    412: "The record changed since what If-Match or `version` names.",
    413: "The body is larger than 1 MB.",
    415: "The body is not application/json.",
    422: "The Idempotency-Key was used for another proposal.",
    428: "A change names neither If-Match nor `version`.",
    429: "Too much was sent with this token; Retry-After says when to go on.",
}
_KEY = "1 to 128 visible ASCII characters, new for each proposal: sent again, the same proposal is answered again."
_IF_MATCH = (
    "For a change: the ETag of the record at its own address without parameters, as it was last read; one that a "
    "compressing proxy made weak (`W/`) will do. Or give `version` in the body."
)


class ProposalSchema(AutoSchema):
    """Proposals of partners' systems."""

    @property
    def writes(self) -> bool:
        """Whether it is the POST."""
        return self.method == "POST"

    def get_operation_id(self) -> str:
        """A name for generated clients."""
        return "proposals_create" if self.writes else "proposals_retrieve"

    def get_tags(self) -> list[str]:
        """A group of its own."""
        return ["proposals"]

    def get_summary(self) -> str:
        """One line."""
        return "Propose a new record or a correction" if self.writes else "What became of a proposal"

    def get_description(self) -> str:
        """What the address does."""
        handler = getattr(self.view, self.method.lower())
        return f"{type(self.view).__doc__}\n\n{handler.__doc__}"

    def get_override_parameters(self) -> list[OpenApiParameter]:
        """The headers of the POST, and the reference of the GET."""
        header = OpenApiParameter.HEADER
        if not self.writes:
            said = "As the POST answered it."
            return [OpenApiParameter("reference", str, OpenApiParameter.PATH, description=said)]
        key = {"type": "string", "minLength": 1, "maxLength": 128, "pattern": "^[!-~]+$"}
        return [
            OpenApiParameter("Idempotency-Key", key, header, required=True, description=_KEY),
            OpenApiParameter("If-Match", str, header, description=_IF_MATCH),
            OpenApiParameter("Location", str, header, description="Its state.", response=[200, 201]),
            OpenApiParameter("Retry-After", int, header, description="Seconds.", response=[429]),
        ]

    def get_request_serializer(self) -> Any:
        """What is sent."""
        return ProposedSerializer if self.writes else None

    def get_response_serializers(self) -> dict[Any, Any]:
        """What is answered, and every refusal as a problem."""
        answers: dict[Any, Any] = {200: OpenApiResponse(ProposalStateSerializer, "What became of it.")}
        refused = [400, 401, 403, 404, 406]
        if self.writes:
            answers = {
                201: OpenApiResponse(ReceivedSerializer, "It waits for the editors."),
                200: OpenApiResponse(ReceivedSerializer, "The same request had come before; this is its proposal."),
            }
            refused = [code for code in _REFUSED if code != 404]
        return answers | {(code, PROBLEM): OpenApiResponse(ProblemSerializer, _REFUSED[code]) for code in refused}
