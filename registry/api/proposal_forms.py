"""What a partner's proposal holds, and what is answered to it."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _
from rest_framework import serializers

from registry.models import ENTRIES, ProposalState


class Words(serializers.CharField):
    """A text, and nothing that could be made one."""

    def to_internal_value(self, data: Any) -> str:
        """As it was sent."""
        if not isinstance(data, str):
            raise serializers.ValidationError(_("Give a text."))
        return super().to_internal_value(data)


class VersionField(serializers.IntegerField):
    """The version of a record: a whole number as JSON has it."""

    def to_internal_value(self, data: Any) -> int:
        """No text, no truth value and no fraction is a number here."""
        if type(data) is not int or not 0 < data < 2**31:
            raise serializers.ValidationError(_("Give the version of the record, a whole number from 1."))
        return data


class ValuesField(serializers.DictField):
    """By the name of a field what it should say."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """At least one of them."""
        if not isinstance(data, dict) or not data:
            raise serializers.ValidationError(_("Give an object with at least one field of the record."))
        return data


class ProposedSerializer(serializers.Serializer):
    """A new record, or a correction of one; every value stands as a record of the API has it, relations as codes."""

    KINDS: ClassVar[list[str]] = ["new", "change"]

    kind = serializers.ChoiceField(KINDS, help_text="`new` needs `noun`, `change` needs `code`.")
    noun = serializers.ChoiceField([model.slug for model in ENTRIES], required=False, help_text="Such as projects.")
    code = Words(required=False, max_length=16, help_text="Of the published record to change, such as PRJ-0001.")
    version = VersionField(
        required=False, help_text="Of the record that was read; not needed beside If-Match. Only for a change."
    )
    values = ValuesField(help_text="By the name of a field what it should say. A list replaces the whole list.")
    evidence = Words(required=False, max_length=2000, help_text="Where it stands: a document, a page, an observation.")
    evidence_url = serializers.URLField(required=False, max_length=500, help_text="The same on the web.")
    text = Words(required=False, max_length=5000, help_text="A word to the editors.")
    credit = Words(
        required=False, max_length=200, help_text="Whom the public history names, once it is accepted; nobody without."
    )

    def to_internal_value(self, data: dict[str, Any]) -> dict[str, Any]:
        """Everything that is wrong, the members that are not known among it."""
        unknown = [name for name in data if name not in self.fields][:20]
        said = _("There is no such member. Allowed: %(names)s.") % {"names": ", ".join(self.fields)}
        problems = {name[:40]: [said] for name in unknown}
        try:
            read = super().to_internal_value(data)
        except serializers.ValidationError as error:
            raise serializers.ValidationError(problems | error.detail) from error
        if problems:
            raise serializers.ValidationError(problems)
        return read

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        """What belongs to a new record does not belong to a change."""
        wanted, other = ("noun", "code") if given["kind"] == "new" else ("code", "noun")
        problems = {}
        if not given.get(wanted):
            problems[wanted] = [_("A proposal of this kind needs it.")]
        for name in (other, *(["version"] if given["kind"] == "new" else [])):
            if name in given:
                problems[name] = [_("A proposal of the kind “%(kind)s” does not have it.") % {"kind": given["kind"]}]
        if problems:
            raise serializers.ValidationError(problems)
        return given


class ReceivedSerializer(serializers.Serializer):
    """Where to follow it."""

    reference = serializers.CharField(help_text="Secret: whoever holds it can read and answer.")
    state = serializers.ChoiceField(ProposalState.choices)
    url = serializers.URLField(help_text="Its state, for this token's account.")
    html_url = serializers.URLField(help_text="The private page for people, where editors can be answered.")
    folded = serializers.BooleanField(help_text="Somebody asked for the same before; one decision answers both.")


class VerdictSerializer(serializers.Serializer):
    """What was decided on one field."""

    field = serializers.CharField()
    proposed = serializers.JSONField(help_text="As it was sent; null where a field was to be emptied.")
    verdict = serializers.CharField(help_text="Empty until it is decided; else accept, edit, decline or leave.")
    reason = serializers.CharField()


class MessageSerializer(serializers.Serializer):
    """A word of the conversation."""

    at = serializers.DateTimeField()
    from_author = serializers.BooleanField()
    text = serializers.CharField()


class ProposalStateSerializer(serializers.Serializer):
    """How it goes on; no editor is named."""

    reference = serializers.CharField()
    kind = serializers.ChoiceField(ProposedSerializer.KINDS)
    state = serializers.ChoiceField(ProposalState.choices)
    noun = serializers.CharField()
    code = serializers.CharField(allow_null=True, help_text="Null until a new record is made of it.")
    title = serializers.CharField()
    received_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    values = VerdictSerializer(many=True)
    conversation = MessageSerializer(many=True)
    url = serializers.URLField()
    html_url = serializers.URLField()
