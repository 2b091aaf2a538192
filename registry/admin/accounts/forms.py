"""The forms of accounts: somebody new is complete at once, and nobody gives a role that is not theirs to give."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.utils.translation import gettext_lazy as _

from registry.models import User

BY_MAIL, TYPED = "false", "true"
WITHOUT_DESK = {"Partners"}


class NewUser(AdminUserCreationForm):
    """Name, role and regions of somebody new, and how the password comes about."""

    usable_password = forms.ChoiceField(
        label=_("Password"),
        choices=[(BY_MAIL, _("Send a mail in which the person chooses it")), (TYPED, _("Type it here"))],
        initial=BY_MAIL,
        required=False,
        widget=forms.RadioSelect(attrs={"class": "radiolist"}),
    )

    class Meta(AdminUserCreationForm.Meta):
        """What is asked at once."""

        model = User
        fields = ("username", "first_name", "last_name", "email", "groups", "regions", "is_staff")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_staff"].initial = True
        self.fields["is_staff"].label = _("May open the desk")
        self.fields["is_staff"].help_text = _("A partner's account never does: it has tokens alone.")

    def clean_email(self) -> str:
        """In small letters, as signing in looks for it."""
        return self.cleaned_data["email"].lower()

    def clean(self) -> dict[str, Any]:
        """A partner has no desk; a mail needs an address."""
        by_mail = self.cleaned_data.get("usable_password") == BY_MAIL
        roles = {group.name for group in self.cleaned_data.get("groups", ())}
        if roles and roles <= WITHOUT_DESK:
            self.cleaned_data["is_staff"] = False
        if by_mail and self.cleaned_data.get("is_staff") and not self.cleaned_data.get("email"):
            self.add_error("email", _("Without an address the mail cannot be sent."))
        return super().clean()

    @property
    def wants_mail(self) -> bool:
        """Whether the person is to choose the password by mail."""
        return not self.cleaned_data["set_usable_password"] and self.cleaned_data["is_staff"]


class KnownUser(UserChangeForm):
    """An account that there is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "is_staff" in self.fields:
            self.fields["is_staff"].label = _("May open the desk")
            self.fields["is_staff"].help_text = _("A partner's account never does: it has tokens alone.")

    def clean_email(self) -> str:
        """In small letters, as signing in looks for it."""
        return self.cleaned_data["email"].lower()
