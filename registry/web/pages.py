"""What the register says of itself: pages of words alone."""

from django.views.generic import TemplateView


class About(TemplateView):
    """What this is, who keeps it, and how records are made."""

    template_name = "registry/about.html"
    extra_context = {"here": "about"}


class Names(TemplateView):
    """How places are named, and what the maps do not say."""

    template_name = "registry/names.html"
    extra_context = {"here": "about"}


class Privacy(TemplateView):
    """What is kept of readers and of whoever writes."""

    template_name = "registry/privacy.html"


class Accessibility(TemplateView):
    """What was tested, how, and what is not good yet."""

    template_name = "registry/accessibility.html"
