"""A way to explore every record at once."""

from django.views.generic import TemplateView


class MapPage(TemplateView):
    """The page."""

    template_name = "registry/map.html"
    extra_context = {"here": "map"}
