"""The pages that the admin has for every model, and what a visit to each comes to by the table's rule."""

from collections.abc import Iterator

from django.apps import apps

from tests.access.outcomes import STAFF
from tests.access.routes import address
from tests.access.table import MODELS, ModelRow
from tests.access.things import NOTHING, rows_of
from tests.access.visits import Visit
from tests.scene import Scene

PAGES = (
    "",
    "add/",
    "<path:object_id>/",
    *(f"<path:object_id>/{page}/" for page in ("change", "delete", "history")),
)


def routes() -> Iterator[str]:
    """Yield the address of each page of each model in the table."""
    for row in MODELS:
        for page in PAGES:
            yield _base(row) + page


def visits(scene: Scene, role: str) -> Iterator[Visit]:
    """Yield every page of every model, object pages with a row of one's own unit and of another."""
    rows = rows_of(scene)
    for row in MODELS:
        own, foreign = rows[row.model]
        yield from _of_list(row, role)
        yield from _of_object(row, role, own.pk, is_there=True)
        yield from _of_object(row, role, NOTHING, is_there=False)
        if row.by_unit:
            yield from _of_object(row, role, foreign.pk, is_there=role != "unit")


def _of_list(row: ModelRow, role: str) -> Iterator[Visit]:
    for page, allowed in (("", row.see), ("add/", row.add)):
        for method in ("get", "post"):
            yield Visit(method, address(_base(row) + page), _expected(role, allowed), row.model)


def _of_object(row: ModelRow, role: str, pk: object, *, is_there: bool) -> Iterator[Visit]:
    """Whoever may not do a thing hears so, but whether a row is there is known before the history."""
    asked = (
        ("change/", "get", row.see, "200"),
        ("change/", "post", row.change if is_there else row.change or row.act, "200"),
        ("history/", "get", row.see if is_there else STAFF, "200"),
        ("delete/", "get", row.delete, "200"),
        ("delete/", "post", row.delete, "200"),
    )
    # Django leads from a bare number to the page for changing, whatever it will say.
    yield Visit("get", address(_base(row) + "<path:object_id>/", pk), _expected(role, STAFF, "go"), row.model)
    for page, method, allowed, outcome in asked:
        path = address(_base(row) + "<path:object_id>/" + page, pk)
        expected = _expected(role, allowed, outcome if is_there else row.missing)
        yield Visit(method, path, expected, row.model)


def _expected(role: str, allowed: tuple[str, ...], outcome: str = "200") -> str:
    if role == "anonymous":
        return "in"
    return outcome if role in STAFF and role in allowed else "403"


def _base(row: ModelRow) -> str:
    options = apps.get_model(row.model)._meta
    return f"admin/{options.app_label}/{options.model_name}/"
