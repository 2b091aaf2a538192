"""The feed of public changes, for whoever holds a copy of the register."""

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from registry import feed
from registry.models import ENTRIES, FeedState

from . import conditional, pagination, parameters
from .schema import ChangesSchema
from .views import PublicView

_NOUNS = [model.slug for model in ENTRIES]


class FeedEntrySerializer(serializers.Serializer):
    """One change of one record, numbered without a gap in the order of commit."""

    number = serializers.IntegerField(min_value=1)
    at = serializers.DateTimeField(help_text="When it was told: in UTC, with microseconds; hashed as it stands here.")
    noun = serializers.ChoiceField(choices=_NOUNS, help_text="The collection.")
    code = serializers.CharField()
    state = serializers.ChoiceField(choices=FeedState.values)
    document = serializers.DictField(
        allow_null=True,
        help_text="The record as its own address shows it; of what was withdrawn or merged `code`, `reason` and `now`, "
        "the record it is part of. Null where a later entry about the same record has replaced it.",
    )
    salt = serializers.CharField(allow_null=True, help_text="Null together with the document.")
    digest = serializers.CharField(
        help_text="SHA-256, in hexadecimal, over the salt and then the canonical JSON (RFC 8785) of the document, its "
        "own `url` and `html_url` without the scheme and host of the register."
    )
    chain = serializers.CharField(
        help_text="SHA-256 over the `chain` before (64 zeros for entry 1), then the canonical JSON of `number`, `at`, "
        "`code`, `noun`, `state` and `digest`."
    )


class FeedPageSerializer(serializers.Serializer):
    """Entries behind a number."""

    newest = serializers.IntegerField(min_value=0, help_text="The number of the last entry there is.")
    next = serializers.URLField(allow_null=True, help_text="The entries after these; null at the end.")
    results = FeedEntrySerializer(many=True)


class Changes(PublicView):
    """Following it from 0 rebuilds the public register exactly.

    Keep the last `number` and `chain`, and ask for what came after. Where the link of an entry does not follow from
    the one you keep, the past was rewritten.
    """

    serializer_class = FeedPageSerializer
    schema = ChangesSchema()

    def allowed_parameters(self) -> list[str]:
        """After which number, how many, of which collections."""
        return ["after", "noun", "page_size", "format"]

    def repeatable_parameters(self) -> set[str]:
        """Any of several collections."""
        return {"noun"}

    def refuse(self, request: Request) -> None:
        """Read the parameters."""
        given = request.query_params
        self.after = parameters.whole_number(given, "after", self.refusals)
        self.page_size = parameters.page_size(given, self.refusals)
        self.nouns = parameters.among(given, "noun", _NOUNS, self.refusals)
        super().refuse(request)

    def current(self, request: Request) -> conditional.Validators:
        """Of the feed: it is kept just after the register has changed."""
        self.newest = feed.newest()
        state = (self.newest.number, self.newest.at) if self.newest else (0, None)
        return conditional.of_state(request, request.accepted_media_type, *state)

    def get(self, request: Request) -> Response:
        """In the order of commit, some at a time."""
        host = request.build_absolute_uri("/")[:-1]
        # One question to the database: the entry that has just replaced another is among these, or on a later page.
        found = list(feed.after(self.after, self.nouns)[: self.page_size + 1])
        newest = max((entry.number for entry in [self.newest, *found] if entry), default=0)
        entries, links = found[: self.page_size], {}
        if len(found) > len(entries):
            links["next"] = self._address(request, entries[-1].number)
        body = {"newest": newest, "next": links.get("next"), "results": [feed.said(entry, host) for entry in entries]}
        return Response(body, headers=pagination.link_header(links))

    def _address(self, request: Request, after: int) -> str:
        query = request.query_params.copy()
        query["after"] = str(after)
        return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
