"""Webhooks: an editor subscribes the system of a partner, sees how it stands, and helps when it does not listen."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from registry import ledger, links, webhooks
from registry.models import ENTRIES, FeedState, Project, Region, Webhook, WebhookState

from .fields import EntriesChoiceField
from .inputs import Inputs, described
from .lookups import StrictLookups

_SHOWN = 20
# A shape and a colour for each state, as records have them.
_SHAPES = {WebhookState.ACTIVE: "published", WebhookState.PAUSED: "in_review", WebhookState.FAILED: "withdrawn"}
_SUBSCRIPTION = ("name", "partner", "url")
_CHOICE = ("nouns", "places", "states")


def _ticks(name: str, choices: list) -> forms.MultipleChoiceField:
    said = described(Webhook._meta.get_field(name))
    return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **said)


class WebhookForm(forms.ModelForm):
    """Who listens where, and to what."""

    nouns = _ticks("nouns", [(model.slug, model._meta.verbose_name_plural.capitalize()) for model in ENTRIES])
    states = _ticks("states", FeedState.choices)
    places = EntriesChoiceField(
        queryset=Region.objects.public(),
        widget=AutocompleteSelectMultiple(Project._meta.get_field("regions"), admin.site),
        **described(Webhook._meta.get_field("places")),
    )
    everything = forms.BooleanField(
        label=_("Begin with everything that is public now"),
        required=False,
        help_text=_("Otherwise the partner is told of what changes from now on."),
    )

    class Meta:
        """The page names the fields; how a webhook stands is written by the register."""

        model = Webhook
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["everything"]

    def clean_url(self) -> str:
        """An address that is seen at once not to be public is refused here; any is looked up before it is called."""
        url = self.cleaned_data["url"]
        try:
            links.refuse(url)
        except links.Refused as refused:
            raise ValidationError(str(refused)) from refused
        return url

    def clean_places(self) -> list[str]:
        """Codes, as they are stored."""
        return [place.pk for place in self.cleaned_data["places"]]


@admin.register(Webhook)
class WebhookAdmin(Inputs, StrictLookups, admin.ModelAdmin):
    """Subscribes, tests, pauses, resumes, and gives new secrets."""

    form = WebhookForm
    list_display = ("name", "partner", "how_it_stands", "waiting", "last_success", "made_by")
    list_filter = ("state",)
    list_select_related = ("made_by",)
    search_fields = ("name", "partner", "url")
    ordering = ("name", "pk")
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    add_form_template = change_form_template = "admin/webhook_form.html"
    post = staticmethod(links.post)

    def get_urls(self) -> list:
        def view(page: Any) -> Any:
            return self.admin_site.admin_view(csrf_protect(page))

        return [
            path("<int:pk>/do/", view(require_POST(self.deed_view)), name="registry_webhook_do"),
            path("<int:pk>/secret/", view(self.secret_view), name="registry_webhook_secret"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Webhook]:
        return super().get_queryset(request).with_waiting()

    def get_fieldsets(self, request: HttpRequest, obj: Webhook | None = None) -> list:
        parts = [(None, {"fields": _SUBSCRIPTION}), (_("What the partner is told"), {"fields": _CHOICE})]
        return parts if obj else [*parts, (None, {"fields": ("everything",)})]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        webhook = kwargs.get("obj")
        if webhook:
            context |= {"attempts": webhook.attempts.all()[:_SHOWN], "stands": self.how_it_stands(webhook)}
            context["may"] = self.has_change_permission(request, webhook)
        return super().render_change_form(request, context, **kwargs)

    def save_model(self, request: HttpRequest, obj: Webhook, form: WebhookForm, change: bool) -> None:
        if change:
            webhooks.store(obj, form.changed_data)
        else:
            obj.shown = webhooks.begin(obj, by=request.user, from_start=form.cleaned_data["everything"])

    def delete_model(self, request: HttpRequest, obj: Webhook) -> None:
        ledger.drop(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        ledger.drop(queryset)

    def response_add(self, request: HttpRequest, obj: Webhook, post_url_continue: str | None = None) -> HttpResponse:
        return self._secret_page(request, obj, obj.shown)

    def secret_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks, and then makes a new secret and shows it."""
        webhook = self._changeable(request, pk)
        if request.method == "POST":
            secret = webhooks.rotate(webhook)
            self.log_change(request, webhook, gettext("Made a new secret."))
            return self._secret_page(request, webhook, secret)
        context = self.admin_site.each_context(request) | {"opts": self.opts, "webhook": webhook}
        return TemplateResponse(request, "admin/webhook_rotate.html", context | {"title": gettext("Make a new secret")})

    def _secret_page(self, request: HttpRequest, webhook: Webhook, secret: str) -> HttpResponse:
        """The only page that ever shows the secret; no cookie, no message and no address carries it."""
        context = self.admin_site.each_context(request) | {"opts": self.opts, "webhook": webhook, "secret": secret}
        context["title"] = gettext("Copy the secret now")
        return TemplateResponse(request, "admin/webhook_secret.html", context, headers={"Cache-Control": "no-store"})

    def deed_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Tests, pauses, resumes or tells again, as the field `deed` says."""
        webhook = self._changeable(request, pk)
        deeds = {"test": self._test, "pause": self._pause, "resume": self._resume, "again": self._again}
        deed = deeds.get(request.POST.get("deed", ""))
        if deed is None:
            return HttpResponseBadRequest(gettext("There is no such deed."))
        deed(request, webhook)
        return redirect(reverse("admin:registry_webhook_change", args=[pk]))

    def _test(self, request: HttpRequest, webhook: Webhook) -> None:
        outcome = webhooks.send_test(webhook, post=self.post)
        say = messages.success if outcome.is_taken else messages.error
        status = gettext(" (status %d)") % outcome.status if outcome.status else ""
        say(request, gettext("Test: %(words)s%(status)s") % {"words": outcome.words, "status": status})

    def _pause(self, request: HttpRequest, webhook: Webhook) -> None:
        webhooks.pause(webhook, reason=gettext("Paused by %s.") % request.user)
        self.log_change(request, webhook, gettext("Paused."))
        messages.success(request, gettext("It is paused. Nothing is sent until it is resumed, and nothing is lost."))

    def _resume(self, request: HttpRequest, webhook: Webhook) -> None:
        webhooks.go_on(webhook)
        self.log_change(request, webhook, gettext("Resumed."))
        messages.success(request, gettext("It goes on after entry %d of the feed.") % webhook.position)

    def _again(self, request: HttpRequest, webhook: Webhook) -> None:
        text = request.POST.get("number", "")
        number = int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0
        if not number:
            messages.error(request, gettext("Give the number of an entry: a whole number from 1 on."))
            return
        webhooks.tell_again(webhook, number)
        self.log_change(request, webhook, gettext("To be told again from entry %d on.") % number)
        messages.success(request, gettext("What the feed holds from entry %d on is told.") % number)

    def _changeable(self, request: HttpRequest, pk: int) -> Webhook:
        webhook = self.get_object(request, str(pk))
        if not self.has_change_permission(request, webhook):
            raise PermissionDenied
        if webhook is None:
            raise Http404
        return webhook

    @admin.display(description=_("state"), ordering="state")
    def how_it_stands(self, webhook: Webhook) -> str:
        shape, said = _SHAPES[webhook.state], webhook.get_state_display()
        if webhook.is_active and webhook.failures:
            shape, said = _SHAPES[WebhookState.PAUSED], _("Trying again")
        return format_html('<span class="state state--{}">{}</span>', shape, said)

    @admin.display(description=_("entries still to look at"))
    def waiting(self, webhook: Webhook) -> int:
        return webhook.waiting
