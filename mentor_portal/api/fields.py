"""Fields of what is sent."""

from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from rest_framework import serializers

# One character at least that is no space, and no NUL, which the database would not take.
SAID = "^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$"


class Text(serializers.CharField):
    """A text as it was typed; a number is none, nor is half of a surrogate pair."""

    default_error_messages = {"unreadable": "这里有无法保存的字符，请检查。"}

    def __init__(self, **kwargs: object) -> None:
        super().__init__(trim_whitespace=False, **kwargs)

    def to_internal_value(self, data: object) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        try:
            data.encode()
        except UnicodeEncodeError:
            self.fail("unreadable")
        return super().to_internal_value(data)


class TextInDocument(OpenApiSerializerFieldExtension):
    """How the OpenAPI document tells of it."""

    target_class = Text

    def map_serializer_field(self, auto_schema: object, direction: str) -> dict[str, object]:
        return {"type": "string", "pattern": SAID, "minLength": 1, "maxLength": self.target.max_length}
