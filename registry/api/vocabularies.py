"""The code lists as partners read them: codes, labels, groups and IATI numbers."""

from typing import Any

from django.conf import settings
from django.http import Http404
from django.utils import translation
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from registry.models.translations import page_language
from registry.vocabularies import VOCABULARIES, fields_of

from .schema import VocabularySchema
from .views import PublicView


class CodeSerializer(serializers.Serializer):
    """One code, which never changes its meaning."""

    code = serializers.CharField()
    label = serializers.CharField(help_text="In English.")
    labels = serializers.DictField(child=serializers.CharField(), help_text="By language, ISO 639.")
    group = serializers.CharField(allow_null=True, help_text="The wider class it belongs to.")
    iati = serializers.CharField(allow_null=True, help_text="Its code in the IATI standard 2.03, where it has one.")


class VocabularySerializer(serializers.Serializer):
    """A code list."""

    name = serializers.CharField()
    url = serializers.URLField()
    title = serializers.CharField()
    fields_using_it = serializers.ListField(
        child=serializers.CharField(), help_text="Collection and field, such as projects.status."
    )
    codes = CodeSerializer(many=True)


def describe(name: str, request: Request) -> dict[str, Any]:
    """A code list as the API shows it."""
    vocabulary = VOCABULARIES[name]
    labels: dict[str, dict[str, str]] = {code: {} for code in vocabulary.choices.values}
    for language, _title in settings.LANGUAGES:
        with translation.override(language):
            for choice in vocabulary.choices:
                labels[choice.value][page_language()] = str(choice.label)
    codes = [
        {
            "code": choice.value,
            "label": str(choice.label),
            "labels": labels[choice.value],
            "group": _plain(vocabulary.group(choice.value)),
            "iati": vocabulary.iati(choice.value),
        }
        for choice in vocabulary.choices
    ]
    return {
        "name": name,
        "url": reverse("api:vocabulary-detail", [name], request=request),
        "title": str(vocabulary.title),
        "fields_using_it": fields_of(vocabulary.choices),
        "codes": codes,
    }


def _plain(code: str | None) -> str | None:
    return None if code is None else str(code)


class VocabularyList(PublicView):
    """The code lists."""

    serializer_class = VocabularySerializer
    schema = VocabularySchema(many=True)

    def get(self, request: Request) -> Response:
        """All of them, complete; there are few."""
        results = [describe(name, request) for name in VOCABULARIES]
        return Response({"count": len(results), "next": None, "previous": None, "results": results})


class VocabularyDetail(PublicView):
    """One code list."""

    serializer_class = VocabularySerializer
    schema = VocabularySchema(many=False)

    def get(self, request: Request, name: str) -> Response:
        """By its name, such as project_status."""
        if name not in VOCABULARIES:
            raise Http404
        return Response(describe(name, request))
