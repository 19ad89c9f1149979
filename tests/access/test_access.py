"""Every address of the portal, asked by every role, answers as the access table says."""

from collections.abc import Callable, Iterator
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlsplit

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.handlers.base import BaseHandler
from django.db import transaction
from django.db.models import FileField
from django.http import HttpResponse
from django.test import Client, RequestFactory

from tests import scene as scenes
from tests.access import models, outcomes, routes, table, things
from tests.access.visits import Visit

pytestmark = pytest.mark.django_db
ADMIN, ADMIN_LOGIN, ADMIN_LOGOUT = "/admin/", "/admin/login/", "/admin/logout/"
API = "/api/"
SIGN_IN_PAGES = ("/sign-in/", "/account/login/")


def test_access_table_names_every_route_and_no_other():
    named = {row.route for row in table.TABLE} | set(models.routes())
    known = set(routes.all_routes())
    assert known - named == set(), "routes without a row in tests/access/table/"
    assert named - known == set(), "rows whose route is gone"


def test_access_table_names_every_model_of_the_admin_and_no_other():
    registered = {model._meta.label for model in admin.site._registry} - {"constance.Config"}
    assert {row.model for row in table.MODELS} == registered


def test_access_table_names_the_addresses_of_every_kind_of_file():
    """Each is opened to somebody, and is not there for somebody, as its rows say for every role."""
    with_files = {
        model._meta.label
        for model in apps.get_models()
        if any(isinstance(field, FileField) for field in model._meta.local_fields)
    }
    assert set(table.FILES) == with_files
    for route in (route for routes_of in table.FILES.values() for route in routes_of):
        rows = [row for row in table.TABLE if row.route == route]
        assert {"200", "404"} <= {row.get[role] for row in rows for role in outcomes.ROLES}, route


@pytest.mark.parametrize("role", outcomes.ROLES)
def test_every_address_answers_the_role_as_the_table_says(role):
    scene = scenes.build()
    asker = _asker(scene, role)
    wrong = [
        f"{visit.about} {visit.method.upper()} {visit.path}: {outcome}, not {visit.expected}"
        for visit in [*_visits(scene, role), *models.visits(scene, role)]
        if (outcome := asker(visit.method, visit.path)) != visit.expected
    ]
    assert not wrong, f"as {role}:\n" + "\n".join(wrong)


def _visits(scene: scenes.Scene, role: str) -> Iterator[Visit]:
    known = things.things_of(scene)
    for row in table.TABLE:
        path = routes.address(row.route, *known[row.thing])
        yield Visit("get", path, row.get[role], row.thing)
        yield Visit("post", path, row.post[role], row.thing)


Ask = Callable[[str, str], HttpResponse]


def _asker(scene: scenes.Scene, role: str) -> Callable[[str, str], str]:
    """Return a function that visits an address as that role and undoes what the visit did."""
    client = Client()
    if role != "anonymous":
        client.force_login(scene.people[role])
    cookies = {name: cookie.value for name, cookie in client.cookies.items()}
    # Not the test client itself: it copies the context of every template, which is most of the time.
    handler = BaseHandler()
    handler.load_middleware()

    def ask(method: str, path: str) -> HttpResponse:
        factory = RequestFactory()
        factory.cookies = SimpleCookie(cookies)
        if method == "post" and path.startswith(API):
            request = factory.post(path, {}, content_type="application/json")
        else:
            request = getattr(factory, method)(path, _asked_with(method, path))
        request._dont_enforce_csrf_checks = True
        return handler.get_response(request)

    def visit(method: str, path: str) -> str:
        with transaction.atomic():
            outcome = _outcome(ask, method, role, path)
            transaction.set_rollback(True)
        return outcome

    return visit


def _asked_with(method: str, path: str) -> dict[str, str]:
    """A form that a browser sends brings its token; the admin acts only where something was sent."""
    return {"token": "1"} if method == "post" and not path.startswith(ADMIN) else {}


def _outcome(ask: Ask, method: str, role: str, path: str) -> str:
    """Return the word of the table for what a visit comes to."""
    response, seen = ask(method, path), set()
    while response.status_code in (301, 302):
        to = urlsplit(response.url)
        leads_back = parse_qs(to.query).get("next") == [path]
        if to.path == ADMIN_LOGIN and path != ADMIN_LOGIN:
            # The row of this page says how it goes on.
            return "in" if role == "anonymous" and leads_back else outcomes.AT_ADMIN_LOGIN[role]
        if to.path in SIGN_IN_PAGES and role == "anonymous":
            return "in" if leads_back else "door"
        if path.startswith(ADMIN) and path != ADMIN_LOGOUT:
            return "go"
        if response.url in seen:
            return "round in circles"
        seen.add(response.url)
        response = ask("get", response.url)
    return "go" if seen and response.status_code == 200 else str(response.status_code)
