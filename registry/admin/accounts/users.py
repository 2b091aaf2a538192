"""The people who sign in, and what their groups let them do."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Field
from django.forms import CheckboxSelectMultiple, ModelForm
from django.forms import Field as FormField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry import ledger
from registry.admin.lookups import StrictLookups
from registry.models import User

from . import second_factor, signing_in
from .forms import KnownUser, NewUser

# Only a superuser makes superusers or hands out single permissions.
_SUPERUSERS_ONLY = ("is_superuser", "user_permissions")
# Whoever may do one of these with accounts is out of reach of those who manage accounts, and so is the role.
_MANAGING = ("add_user", "change_user", "delete_user", "add_group", "change_group", "delete_group")


_ROLES = _(
    "Contributors draft and propose. Editors publish, correct and review. Publishers also withdraw, confirm as the "
    "second person and see exact places. Stewards also merge records and import sheets. Auditors read everything and "
    "change nothing. Administrators do all of it and keep the accounts. Partners use the API alone, with a token."
)


@admin.register(User)
class UserAdmin(StrictLookups, DjangoUserAdmin):
    """Accounts: groups give the role, regions the scope."""

    form, add_form = KnownUser, NewUser
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("first_name", "last_name", "email")}),
        (_("Role and scope"), {"fields": ("is_active", "is_staff", "groups", "regions")}),
        (_("Administration"), {"fields": ("is_superuser", "user_permissions"), "classes": ("collapse",)}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (_("Person"), {"fields": ("username", "first_name", "last_name", "email")}),
        (_("Role and scope"), {"fields": ("groups", "regions", "is_staff")}),
        (_("Signing in"), {"fields": ("usable_password", "password1", "password2")}),
    )
    readonly_fields = ("last_login", "date_joined")
    autocomplete_fields = ("regions",)
    filter_horizontal = ("user_permissions",)
    list_display = ("username", "first_name", "last_name", "is_staff", "is_superuser", "last_login")
    list_filter = ("is_active", "is_staff", "is_superuser", "groups")
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    add_form_template = change_form_template = "admin/user_form.html"

    def get_urls(self) -> list:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/factors/", view(self.factors_view), name="registry_user_factors"),
            path("<int:pk>/invitation/", view(self.invitation_view), name="registry_user_invitation"),
            *super().get_urls(),
        ]

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        found = super().get_fieldsets(request, obj)
        return found if request.user.is_superuser else [part for part in found if part[0] != _("Administration")]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        if request.user.is_superuser:
            return self.readonly_fields
        own = ("groups", "regions", "is_active", "is_staff") if obj == request.user else ()
        return (*self.readonly_fields, *_SUPERUSERS_ONLY, *own)

    def formfield_for_manytomany(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> FormField | None:
        if db_field.name == "groups":
            kwargs |= {"widget": CheckboxSelectMultiple, "label": _("Roles"), "help_text": _ROLES}
            if not request.user.is_superuser:
                kwargs["queryset"] = Group.objects.exclude(permissions__codename__in=_MANAGING)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and self._within_reach(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_delete_permission(request, obj) and self._within_reach(request, obj)

    def _within_reach(self, request: HttpRequest, obj: User | None) -> bool:
        """Superusers reach everybody; others themselves and whoever manages no accounts."""
        if obj is None or request.user.is_superuser or obj == request.user:
            return True
        managing = obj.user_permissions.filter(codename__in=_MANAGING).exists()
        return not (obj.is_superuser or managing or obj.groups.filter(permissions__codename__in=_MANAGING).exists())

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: list, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if not change and form.wants_mail:
            transaction.on_commit(lambda: self._invite(request, form.instance))

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        user = kwargs.get("obj")
        if user and self.has_change_permission(request, user):
            context["factors"] = second_factor.factors_of(user).count()
            context["may_be_invited"] = user.is_active and user.is_staff and bool(user.email)
        return super().render_change_form(request, context, **kwargs)

    def factors_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks, and then takes away every second factor of somebody who has lost theirs."""
        user = self._changeable(request, pk)
        if user == request.user:  # one's own are taken away where the password is asked for, and never the last one
            return redirect("mfa_index")
        if request.method != "POST":
            context = self.admin_site.each_context(request) | {"opts": self.opts, "original": user, "person": user}
            context["title"] = gettext("Take away the second step")
            return TemplateResponse(request, "admin/factors_reset.html", context)
        with transaction.atomic():
            ledger.drop(second_factor.everything_of(user))
            self.log_change(request, user, gettext("Took away the second step of signing in."))
        messages.success(request, gettext("The second step is taken away. It can be set up anew after signing in."))
        return redirect(reverse("admin:registry_user_change", args=[user.pk]))

    def invitation_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Sends the mail in which the person chooses a password."""
        user = self._changeable(request, pk)
        if request.method == "POST" and user.is_active and user.is_staff and user.email:
            self._invite(request, user)
            self.log_change(request, user, gettext("Sent the mail in which a password is chosen."))
        return redirect(reverse("admin:registry_user_change", args=[user.pk]))

    def _invite(self, request: HttpRequest, user: User) -> None:
        if signing_in.invite(request, user):
            messages.success(request, gettext("The mail to choose a password is on its way."))
        else:
            messages.error(request, gettext("The mail could not be sent. Try again when the mail server answers."))

    def _changeable(self, request: HttpRequest, pk: int) -> User:
        user = self.get_object(request, str(pk))
        if user is None:
            raise Http404
        if not self.has_change_permission(request, user):
            raise PermissionDenied
        return user


admin.site.unregister(Group)


@admin.register(Group)
class GroupAdmin(StrictLookups, DjangoGroupAdmin):
    """Roles: the permissions that the people of a group have."""
