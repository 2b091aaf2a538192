"""What an editor reads when a form cannot be taken, and where the text is meanwhile."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def no_cookie(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was opened before somebody signed in anew, or without cookies."""
    context = {**admin.site.each_context(request), "title": _("This form was too old")}
    return render(request, "admin/no_cookie.html", context, status=403)
