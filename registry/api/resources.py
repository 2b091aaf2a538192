"""Digital resources in the API: where to look at them, and the file where the register holds one."""

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from registry.models import Resource

from .base import EntrySerializer, EntryViewSet


class FileSerializer(serializers.Serializer):
    """A file that the register holds; anybody may check a copy against its SHA-256."""

    url = serializers.URLField(help_text="Where to fetch it; it is sent with its media type, and with ranges.")
    name = serializers.CharField(source="file_name")
    media_type = serializers.CharField(source="file_type")
    size = serializers.IntegerField(source="file_size", help_text="In bytes.")
    sha256 = serializers.CharField(source="file_sha256", help_text="Of the bytes, in hexadecimal.")
    width = serializers.IntegerField(source="image_width", allow_null=True, help_text="Of an image, in pixels.")
    height = serializers.IntegerField(source="image_height", allow_null=True, help_text="Of an image, in pixels.")

    def to_representation(self, resource: Resource) -> dict[str, Any] | None:
        """Null where the register holds no file."""
        if not resource.file_sha256:
            return None
        address = self.context["host"] + reverse("registry:resource-file", args=[resource.pk])
        return {
            name: address if name == "url" else getattr(resource, field.source) for name, field in self.fields.items()
        }


class ResourceSerializer(EntrySerializer):
    """Something to look at, listen to or download."""

    model = Resource
    renamed = {"url": "source_url"}
    grouped = {"file": Resource.inseparable[0]}

    @classmethod
    def own_fields(cls) -> dict[str, serializers.Field]:
        """With all that is known of the file as one object."""
        return super().own_fields() | {"file": FileSerializer(source="*", allow_null=True)}


class ResourceViewSet(EntryViewSet):
    """Films, images, models, datasets and broadcasts, as a file or a link."""

    serializer_class = ResourceSerializer
