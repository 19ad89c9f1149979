"""The portal's own files on the pages of the staff's site, as the setting UNFOLD names them."""

from django.http import HttpRequest
from django.templatetags.static import static


def favicon(request: HttpRequest) -> str:
    return static("img/favicon.svg")


def lists(request: HttpRequest) -> str:
    return static("css/admin-lists.css")


def field_names(request: HttpRequest) -> str:
    return static("js/admin-field-names.js")
