"""A way to explore every record at once."""

from django.views.generic import TemplateView


class Timeline(TemplateView):
    """The page."""

    template_name = "registry/timeline.html"
    extra_context = {"here": "timeline"}
