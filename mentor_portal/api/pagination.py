"""Pages of a list."""

import re

from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request

from mentor_portal.api.problems import BadParameter

LAST_PAGE = 1_000_000
_NUMBER = re.compile("[1-9][0-9]{0,6}")


class Pages(PageNumberPagination):
    """``page`` from 1 and ``page_size`` up to 100; a page behind the last one is not there."""

    page_size = 20
    max_page_size = 100
    page_size_query_param = "page_size"
    page_query_description = "第几页，从 1 开始。"
    page_size_query_description = "每页多少条，最多 100，默认 20。"
    invalid_page_message = "没有这一页。"

    def get_page_size(self, request: Request) -> int:
        return _number(request, self.page_size_query_param, self.max_page_size, self.page_size)

    def get_page_number(self, request: Request, paginator: object) -> int:
        return _number(request, self.page_query_param, LAST_PAGE, 1)

    def get_schema_operation_parameters(self, view: object) -> list[dict[str, object]]:
        parameters = super().get_schema_operation_parameters(view)
        for parameter, most in zip(parameters, (LAST_PAGE, self.max_page_size), strict=True):
            parameter["schema"] |= {"minimum": 1, "maximum": most}
        return parameters


def _number(request: Request, name: str, most: int, otherwise: int) -> int:
    text = request.query_params.get(name)
    if text is None:
        return otherwise
    if not _NUMBER.fullmatch(text) or int(text) > most:
        raise BadParameter(name, f"请填写 1 到 {most} 的整数。")
    return int(text)
