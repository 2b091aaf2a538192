"""What the register says of itself: pages of words alone."""

from typing import Any, ClassVar

from django.conf import settings
from django.views.generic import TemplateView

from registry.ledger.erasing import MONTHS_AFTER_CLOSING, MONTHS_WITHOUT_ANSWER


class About(TemplateView):
    """What this is, how records are made, and who runs this copy."""

    template_name = "registry/about.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With whoever the settings name."""
        return super().get_context_data(**kwargs) | {
            "here": "about",
            "operator": settings.OPERATOR,
            "contact": settings.CONTACT,
            "contact_shown": settings.CONTACT.removeprefix("mailto:"),
        }


class Names(TemplateView):
    """How places are named, and what the maps do not say."""

    template_name = "registry/names.html"


class Privacy(TemplateView):
    """What is kept of readers and of whoever writes."""

    template_name = "registry/privacy.html"
    extra_context: ClassVar = {
        "months_after_closing": MONTHS_AFTER_CLOSING,
        "months_without_answer": MONTHS_WITHOUT_ANSWER,
    }


class Accessibility(TemplateView):
    """What was tested, how, and what is not good yet."""

    template_name = "registry/accessibility.html"
