"""What every public proposal asks besides the facts: where it stands, who proposes it, and that they know."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.models.wording import validate_plain, validate_web_address

from . import spam
from .proposal_inputs import Input


def validate_readable(text: str) -> None:
    """Refuse what came in place of bytes that are not text."""
    if "\ufffd" in text:
        raise forms.ValidationError(gettext_lazy("A character of this could not be read. Type it again."))


def is_readable(typed: QueryDict) -> bool:
    """Whether nothing that came, names of fields included, holds a NUL or stands in place of broken bytes."""
    texts = (text for key, values in typed.lists() for text in (key, *values))
    return not any("\x00" in text or "\ufffd" in text for text in texts)


def plain(label: str, longest: int, **given: Any) -> forms.CharField:
    """A text without anything that cannot be seen."""
    return _Text(label=label, max_length=longest, validators=[validate_plain, validate_readable], **given)


class _Text(forms.CharField):
    """Line ends as one character, so that what browsers send counts as what people typed."""

    def to_python(self, value: Any) -> str:
        """As any text, after that."""
        return super().to_python(value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value)


class ProposerForm(spam.FormForAll):
    """What the fields of a record do not ask."""

    where_url = forms.CharField(
        label=gettext_lazy("Where does it stand? A web address"),
        max_length=500,
        required=False,
        validators=[validate_web_address, validate_plain, validate_readable],
    )
    where = plain(gettext_lazy("Or say where it stands, or how you know"), 2000, required=False)
    text = plain(gettext_lazy("Anything else the editors should know"), 3000, required=False)
    name = plain(gettext_lazy("Your name, if you like"), 200, required=False)
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address, if you want to be told"), max_length=254, required=False
    )
    named = forms.ChoiceField(
        label=gettext_lazy("How shall the public history name you?"),
        choices=[("", gettext_lazy("Not at all")), ("yes", gettext_lazy("By this name:"))],
        required=False,
    )
    credit = plain(gettext_lazy("The name in the public history"), 200, required=False)
    consent = forms.BooleanField(
        label=gettext_lazy("I agree that the editors keep what I wrote here in order to decide on it."),
        error_messages={"required": gettext_lazy("Without your consent nothing can be kept.")},
    )

    def clean(self) -> dict[str, Any]:
        """A proposal has evidence of some kind, and whoever wants to be named says by which name."""
        given = super().clean()
        if not given.get("where_url") and not given.get("where") and not {"where_url", "where"} & {*self.errors}:
            self.add_error("where", _("Say where it stands or how you know: the register gives a source for all."))
        given["credit"] = (given.get("credit") or given.get("name", "")) if given.get("named") else ""
        if given.get("named") and not given["credit"] and not {"credit", "name"} & {*self.errors}:
            self.add_error("credit", _("Write the name by which the history shall name you."))
        return given

    def input(self, name: str, kind: str = "text", help: str = "", **more: Any) -> Input:
        """One of its fields as an input of the page."""
        asked = self.fields[name]
        value = str(self.data.get(name, "")).replace("\x00", "") if self.is_bound else ""
        longest = getattr(asked, "max_length", None)
        errors = [str(error) for error in self.errors.get(name, [])] if self.is_bound else []
        return Input(name, str(asked.label), kind, value, help=help, longest=longest, errors=errors, **more)

    def stands(self) -> list[Input]:
        """Where it stands."""
        return [
            self.input("where_url", "url", _("A page, a document, a film that anybody can find.")),
            self.input("where", "long", _("A book and its page, a sign on the spot, your own work there."), rows=3),
        ]

    def more(self) -> list[Input]:
        """What no field of the record holds."""
        return [self.input("text", "long")]

    def who(self) -> list[Input]:
        """Who proposes it."""
        told = _("Used for this proposal alone: when the editors ask something, and when they have decided.")
        return [
            self.input("name", autocomplete="name"),
            self.input("email", "email", told, autocomplete="email"),
        ]

    def public_name(self) -> Input:
        """The name in the public history."""
        return self.input("credit")


class NewForm(ProposerForm):
    """Of a new record people also say who is behind it and how they can be reached, which only editors read."""

    behind = plain(gettext_lazy("Who is behind it?"), 500, required=False)
    reached = plain(gettext_lazy("How can they be reached?"), 500, required=False)

    def more(self) -> list[Input]:
        """Who is behind it, and the rest."""
        kept = _("Kept for the editors; not published with the record.")
        return [
            self.input("behind", help=_("A town, an institution, a community.")),
            self.input("reached", help=kept, kind="text"),
            *super().more(),
        ]

    def whole_text(self) -> str:
        """All of it for the editors, each with what was asked."""
        given = self.cleaned_data
        told = [(self.fields[name].label, given[name]) for name in ("behind", "reached") if given[name]]
        return "\n\n".join([*(f"{asked} {answer}" for asked, answer in told), *filter(None, [given["text"]])])
