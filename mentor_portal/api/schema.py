"""What the OpenAPI document says of every operation beside its own answer."""

from typing import Any

from mentor_portal.api.filters import LARGEST_ID

PROBLEM = {
    "type": "object",
    "description": "请求没有被接受：code 供程序判断，detail 是给人看的一句话，fields 指出是哪个参数或字段。",
    "properties": {
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "fields": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    },
    "required": ["code", "detail"],
}
ID = {"type": "integer", "minimum": 1, "maximum": LARGEST_ID}
OFTEN = {"schema": {"type": "integer"}, "description": "多少秒后可以再试。"}
WORDS = {
    "400": "参数或内容有误。",
    "401": "需要先登录。",
    "403": "缺少有效的 CSRF 令牌。",
    "404": "没有这一项。",
    "406": "只提供 JSON。",
    "409": "规则不允许，detail 说明原因和办法。",
    "415": "只接受 JSON。",
    "429": "请求太频繁。",
}


def complete(result: dict[str, Any], **_: object) -> dict[str, Any]:
    """Say of every operation what its ids are, and how it can say no; drf-spectacular calls it at the end."""
    result["components"]["schemas"]["Problem"] = PROBLEM
    for path, operations in result["paths"].items():
        for method, operation in operations.items():
            for parameter in operation.get("parameters", []):
                if parameter["in"] == "path":
                    parameter["schema"] = ID
            for status in _statuses(path, method, operation):
                operation["responses"].setdefault(status, _problem(status))
    return result


def _statuses(path: str, method: str, operation: dict[str, Any]) -> list[str]:
    statuses = ["400", "406", "429"]
    if "{" in path or any(each["name"] == "page" for each in operation.get("parameters", [])):
        statuses.append("404")
    if operation.get("security"):
        statuses.append("401")
    if method == "post":
        statuses += ["403", "409", "415"]
    return statuses


def _problem(status: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    described = {"description": WORDS[status], "content": content}
    return {**described, "headers": {"Retry-After": OFTEN}} if status == "429" else described
