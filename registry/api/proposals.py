"""What partners' systems propose: kept for the editors, decided by them, followed by its reference."""

import json
import re
from hashlib import sha256
from typing import Any, ClassVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import status
from rest_framework.exceptions import APIException, Throttled
from rest_framework.exceptions import ValidationError as Unreadable
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from registry import pace, public, review
from registry.models import ENTRIES, Entry, Origin, ProposalKind

from . import conditional, parameters
from .bodies import StrictJson
from .negotiation import FormatOrAccept, Json
from .proposal_forms import ProposalStateSerializer, ProposedSerializer, ReceivedSerializer
from .proposal_schema import ProposalSchema
from .tokens import PartnerToken, TokenOf

MOST, WINDOW = 600, 15 * 60  # proposals of one token, in so many seconds
_KEY = re.compile(r"[!-~]{1,128}")
_BY_PREFIX: dict[str, type[Entry]] = {model.prefix: model for model in ENTRIES}
_BY_SLUG: dict[str, type[Entry]] = {model.slug: model for model in ENTRIES}


class Stale(APIException):
    """The record changed since the version that the proposal started from."""

    status_code = status.HTTP_412_PRECONDITION_FAILED
    default_detail = gettext_lazy(
        "The record was changed since you read it. Read it again, and propose against what it says now."
    )


class VersionNeeded(APIException):
    """A change that does not say what it started from."""

    status_code = 428
    default_detail = gettext_lazy("Say what you read: the record's ETag as If-Match, or its “version” in the body.")


class KeyReused(APIException):
    """One key, two different proposals."""

    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY


class PartnerView(APIView):
    """Only with a token; nothing of an answer is kept on the way, and no cookie lets anybody in."""

    renderer_classes: ClassVar[list] = [Json]
    parser_classes: ClassVar[list] = [StrictJson]
    content_negotiation_class = FormatOrAccept
    authentication_classes: ClassVar[list] = [PartnerToken]
    permission_classes: ClassVar[list] = [TokenOf.PROPOSE]
    metadata_class = None
    schema = ProposalSchema()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Who it is, before anything else is read; then the parameters as strictly as everywhere."""
        super().initial(request, *args, **kwargs)
        parameters.check(request.query_params, ["format"]).raise_if_any()

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> HttpResponse:
        """Nobody but the partner's system keeps it."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        return response


class Proposals(PartnerView):
    """What a partner's system proposes enters the same queue as what people propose; editors decide field by field."""

    def post(self, request: Request) -> Response:
        """Keep a proposal. Sent again with the same Idempotency-Key, it is answered as before and kept once."""
        wait = pace.seconds_to_wait(f"token:{request.auth.digest}", most=MOST, window=WINDOW)
        if wait:
            raise Throttled(wait, _("Much was sent with this token just now."))
        key = _key(request)
        form = ProposedSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        given = form.validated_data
        if_match = request.headers.get("If-Match", "").strip()
        digest = _digest(request.data, if_match)
        try:
            received = review.replayed(request.user, key, digest) or _receive(request, given, if_match, key, digest)
        except review.KeyReused as refusal:
            raise KeyReused(str(refusal)) from refusal
        body = {
            "reference": received.reference,
            "state": review.state_of(received.reference).state,
            "folded": received.folded,
            **_addresses(request, received.reference),
        }
        code = status.HTTP_200_OK if received.replayed else status.HTTP_201_CREATED
        return Response(ReceivedSerializer(body).data, status=code, headers={"Location": body["url"]})


class ProposalStatus(PartnerView):
    """One proposal of the account that the token belongs to."""

    def get(self, request: Request, reference: str) -> Response:
        """Its state, what was decided on each field and why, and what was said."""
        found = review.state_of(reference, by=request.user)
        if found is None:
            raise Http404(_("There is no such proposal of this account."))
        body = {
            **{name: getattr(found, name) for name in ("reference", "kind", "state", "title")},
            **{name: getattr(found, name) for name in ("received_at", "decided_at")},
            "noun": found.model.slug,
            "code": found.code or None,
            "values": [
                {"field": each.name, "proposed": each.proposed, "verdict": each.verdict, "reason": each.reason}
                for each in found.fields
            ],
            "conversation": [
                {"at": step.at, "from_author": step.mine, "text": step.text} for step in found.conversation
            ],
            **_addresses(request, found.reference),
        }
        return Response(ProposalStateSerializer(body).data)


def _key(request: Request) -> str:
    key = request.headers.get("Idempotency-Key", "")
    if not _KEY.fullmatch(key):
        raise Unreadable({"Idempotency-Key": [_("Give a header with 1 to 128 visible ASCII characters.")]})
    return key


def _digest(body: dict[str, Any], if_match: str) -> str:
    """The same for the same request, in whatever order its members stand."""
    return sha256(json.dumps([body, if_match], sort_keys=True).encode()).hexdigest()


def _receive(request: Request, given: dict[str, Any], if_match: str, key: str, digest: str) -> review.Received:
    new = given["kind"] == ProposalKind.NEW
    model = _BY_SLUG[given["noun"]] if new else _noun_of(given["code"])
    base = None if new else _version(request, model, given["code"], if_match, given.get("version"))
    sent = {name: given[name] for name in ("code", "evidence", "evidence_url", "text", "credit") if name in given}
    about = {"by": request.user, "origin": Origin.PARTNER, "idempotency_key": key, "request_digest": digest}
    try:
        values = review.read_values(model, given["values"])
    except ValidationError as error:
        raise Unreadable({f"values.{name}": said for name, said in error.message_dict.items()}) from error
    try:
        return review.receive(ProposalKind(given["kind"]), model, base_version=base, proposed=values, **sent, **about)
    except ValidationError as error:
        raise Unreadable(_by_member(error, values)) from error


def _noun_of(code: str) -> type[Entry]:
    model = _BY_PREFIX.get(code[:3])
    if model is None or not model.objects.public().filter(pk=code).exists():
        raise Unreadable({"code": [_("There is no such record that the public can read.")]})
    return model


def _version(request: Request, model: type[Entry], code: str, if_match: str, named: int | None) -> int:
    """The version of the record now, which is the one that the request says it has read; raises 428 or 412."""
    current = model.objects.public().values_list("version", flat=True).get(pk=code)
    if named is None and if_match in ("", "*"):
        raise VersionNeeded
    if named not in (None, current):
        raise Stale
    if if_match not in ("", "*"):
        address = request.build_absolute_uri(reverse(f"api:{model.slug}-detail", args=[code]))
        since = public.changes().filter(entry_code=code).values_list("number", flat=True).first()
        if since is None or not conditional.names_current(if_match, address, Json.media_type, since):
            raise Stale
    return current


def _by_member(error: ValidationError, values: dict[str, Any]) -> dict[str, list[str]]:
    """What the rules say, by member of the body."""
    if not hasattr(error, "error_dict"):
        return {"values": error.messages}
    named = {NON_FIELD_ERRORS: "values", "base_version": "version", "title": "values.title"}
    named |= {name: f"values.{name}" for name in values}
    return {named.get(name, name): said for name, said in error.message_dict.items()}


def _addresses(request: Request, reference: str) -> dict[str, str]:
    return {
        "url": request.build_absolute_uri(reverse("api:proposal", args=[reference])),
        "html_url": request.build_absolute_uri(reverse("registry:proposal", args=[reference])),
    }
