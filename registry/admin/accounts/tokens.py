"""The tokens of partners: issued for an account, seen once, revoked at once."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from knox.models import get_digest_token
from knox.settings import CONSTANTS

from registry import ledger
from registry.admin.lookups import StrictLookups
from registry.models import AccessToken, TokenScope, User

LONGEST = 2 * 365  # days
SHOWN = 8  # letters of a token by which its owner knows it again


class TokenForm(forms.ModelForm):
    """What a new token is for, and how long it lasts."""

    scopes = forms.MultipleChoiceField(
        label=_("What it may do"), choices=TokenScope, initial=[TokenScope.PROPOSE], widget=forms.CheckboxSelectMultiple
    )
    days = forms.IntegerField(
        label=_("Days that it lasts"),
        min_value=1,
        max_value=LONGEST,
        initial=365,
        help_text=_("Two years at most. The partner needs a new one afterwards."),
    )

    class Meta:
        """The account, the name and the scopes."""

        model = AccessToken
        fields = ("user", "name", "scopes")
        labels = {"user": _("Account")}
        help_texts = {"user": _("The account of a partner; an administrator makes it, in the group Partners.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "user" in self.fields:  # of a token that there is nothing can be typed anew
            self.fields["user"].queryset = User.objects.filter(groups__name="Partners", is_staff=False, is_active=True)


@admin.register(AccessToken)
class AccessTokenAdmin(StrictLookups, admin.ModelAdmin):
    """Issues and revokes; what a token says is known to its partner alone."""

    form = TokenForm
    fields = ("user", "name", "scopes", "days")
    readonly = ("user", "name", "scopes_in_words", "begins", "created", "expiry", "made_by")
    list_display = ("name", "user", "begins", "scopes_in_words", "expiry", "made_by")
    list_select_related = ("user", "made_by")
    ordering = ("-created",)
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def has_change_permission(self, request: HttpRequest, obj: AccessToken | None = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: AccessToken | None = None) -> Any:
        return self.readonly if obj else self.fields

    def get_readonly_fields(self, request: HttpRequest, obj: AccessToken | None = None) -> Any:
        return self.readonly if obj else ()

    def save_model(self, request: HttpRequest, obj: AccessToken, form: TokenForm, change: bool) -> None:
        obj.digest, obj.secret = get_digest_token()
        obj.token_key = obj.secret[: CONSTANTS.TOKEN_KEY_LENGTH]
        obj.expiry = timezone.now() + timedelta(days=form.cleaned_data["days"])
        obj.made_by = request.user
        ledger.put(obj)

    def delete_model(self, request: HttpRequest, obj: AccessToken) -> None:
        ledger.drop(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        ledger.drop(queryset)

    def response_add(
        self, request: HttpRequest, obj: AccessToken, post_url_continue: str | None = None
    ) -> HttpResponse:
        """The only page that ever shows the token; no cookie, no message and no address carries it."""
        context = self.admin_site.each_context(request) | {"opts": self.opts, "token": obj, "secret": obj.secret}
        context["title"] = gettext("Copy the token now")
        return TemplateResponse(request, "admin/token_issued.html", context, headers={"Cache-Control": "no-store"})

    @admin.display(description=_("begins with"))
    def begins(self, token: AccessToken) -> str:
        return f"{token.token_key[:SHOWN]}…"

    @admin.display(description=_("scopes"))
    def scopes_in_words(self, token: AccessToken) -> str:
        return ", ".join(token.scopes)
