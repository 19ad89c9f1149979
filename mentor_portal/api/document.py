"""The OpenAPI document of the API, and the same as a page for people."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

KEPT_SECONDS = 60
# An enumeration of more values than these is told in the document alone.
VALUES_SHOWN = 30

Document = dict[str, Any]


@dataclass(frozen=True)
class Item:
    """A parameter, a field of what is sent, or one of the answer."""

    name: str
    words: str
    values: list[str]


@dataclass(frozen=True)
class Operation:
    """What can be asked of one address."""

    method: str
    path: str
    words: str
    parameters: list[Item]
    sent: list[Item]
    answered: list[Item]

    @property
    def can_be_opened(self) -> bool:
        """Whether a link shows its answer."""
        return self.method == "GET" and "{" not in self.path


def document() -> Document:
    """Return the OpenAPI document, at most ``KEPT_SECONDS`` old."""
    return caches["memory"].get_or_set("api-document", _generate, KEPT_SECONDS)


@require_safe
def schema(request: HttpRequest) -> JsonResponse:
    """The document, for programs of any site."""
    response = JsonResponse(document(), json_dumps_params={"ensure_ascii": False})
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return response


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The same document to read, by subject."""
    told = document()
    groups: dict[str, list[Operation]] = {}
    for tag, operation in _operations(told):
        groups.setdefault(tag, []).append(operation)
    context = {"words": told["info"]["description"], "groups": groups.items()}
    return render(request, "api/page.html", context)


def _generate() -> Document:
    return SchemaGenerator().get_schema(public=True)


def _operations(told: Document) -> Iterator[tuple[str, Operation]]:
    """Yield every operation with its subject."""
    for path, methods in told["paths"].items():
        for method, each in methods.items():
            done = next(iter(each["responses"].values()))
            operation = Operation(
                method=method.upper(),
                path=path,
                words=each["description"],
                parameters=[_item(one["name"], one["schema"] | one) for one in each.get("parameters", [])],
                sent=_fields(told, _content(each.get("requestBody", {}))),
                answered=_fields(told, _content(done)),
            )
            yield each["tags"][0], operation


def _content(told: dict[str, Any]) -> dict[str, Any]:
    return told.get("content", {}).get("application/json", {}).get("schema", {})


def _fields(document: Document, schema: dict[str, Any]) -> list[Item]:
    """Return the fields of an object; of a page of a list, those of its rows."""
    properties = _resolved(document, schema).get("properties", {})
    if "results" in properties:
        properties = _resolved(document, properties["results"]["items"])["properties"]
    return [_item(name, _resolved(document, told)) for name, told in properties.items()]


def _resolved(document: Document, told: dict[str, Any]) -> dict[str, Any]:
    """Return a schema with what it refers to, its own words before those."""
    for reference in (told, *told.get("allOf", []), *told.get("oneOf", [])):
        if "$ref" in reference:
            name = reference["$ref"].rpartition("/")[2]
            return {**document["components"]["schemas"][name], **told}
    return told


def _item(name: str, told: dict[str, Any]) -> Item:
    values = [str(value) for value in told.get("enum", []) if value]
    words = told.get("description") or told.get("title") or ""
    # Enumerations bring a list of their values, which stand beside it.
    return Item(name, words.partition("\n")[0].removeprefix("* "), values[:VALUES_SHOWN])
