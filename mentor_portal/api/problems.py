"""How the API says no: a code for programs and a sentence for people, in one shape for every status."""

from collections.abc import Mapping
from typing import Any

from rest_framework.exceptions import APIException, ErrorDetail, NotAuthenticated, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

NOT_THERE = "没有这一项，或者您不能查看它。"
SIGN_IN = "请先登录。"


class BadParameter(ValidationError):
    """A parameter of the address that is unknown, or whose value cannot be understood."""

    def __init__(self, name: str, sentence: str) -> None:
        super().__init__({name: [sentence]})


def answer(exception: Exception, context: Mapping[str, Any]) -> Response | None:
    """Return the answer to what the framework refuses; a ``DomainError`` is left to the middleware."""
    response = exception_handler(exception, context)
    if response is None:
        return None
    if isinstance(exception, ValidationError):
        fields = _flat(exception.detail)
        response.data = {"code": "invalid", "detail": _in_one_line(fields), "fields": fields}
    else:
        response.data = _problem(exception)
    return response


def _problem(exception: Exception) -> dict[str, str]:
    if isinstance(exception, NotAuthenticated):
        return {"code": "not_authenticated", "detail": SIGN_IN}
    if isinstance(exception, APIException):
        return {"code": str(exception.get_codes()), "detail": str(exception.detail)}
    return {"code": "not_found", "detail": NOT_THERE}


def _flat(detail: Any) -> dict[str, list[str]]:
    """Return the sentences by field; what is about no field stands under an empty name."""
    if isinstance(detail, Mapping):
        return {name: _sentences(value) for name, value in detail.items()}
    return {"": _sentences(detail)}


def _sentences(value: Any) -> list[str]:
    if isinstance(value, ErrorDetail | str):
        return [str(value)]
    values = value.values() if isinstance(value, Mapping) else value
    return [sentence for each in values for sentence in _sentences(each)]


def _in_one_line(fields: Mapping[str, list[str]]) -> str:
    said = {name: "；".join(sentences) for name, sentences in fields.items()}
    return " ".join(f"{name}：{words}" if name else words for name, words in said.items())
