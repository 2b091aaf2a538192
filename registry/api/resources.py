"""Digital resources in the API: where to look at them, and the file where the register holds one."""

from rest_framework import serializers

from registry.models import Resource

from .base import EntrySerializer, EntryViewSet


class FileSerializer(serializers.Serializer):
    """A file that the register holds; anybody may check a copy against its SHA-256."""

    url = serializers.URLField(help_text="Where to fetch it; it is sent with its media type, and with ranges.")
    name = serializers.CharField()
    media_type = serializers.CharField()
    size = serializers.IntegerField(help_text="In bytes.")
    sha256 = serializers.CharField(help_text="Of the bytes, in hexadecimal.")
    width = serializers.IntegerField(allow_null=True, help_text="Of an image, in pixels.")
    height = serializers.IntegerField(allow_null=True, help_text="Of an image, in pixels.")


class ResourceSerializer(EntrySerializer):
    """Something to look at, listen to or download."""

    model = Resource

    @classmethod
    def own_fields(cls) -> dict[str, serializers.Field]:
        """With all that is known of the file as one object."""
        return super().own_fields() | {"file": FileSerializer(allow_null=True)}


class ResourceViewSet(EntryViewSet):
    """Films, images, models, datasets and broadcasts, as a file or a link."""

    serializer_class = ResourceSerializer
