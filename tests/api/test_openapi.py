"""Every operation answers generated requests, good and bad ones, as its OpenAPI document says."""

from collections import Counter
from collections.abc import Iterator
from functools import partial
from http import HTTPMethod

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.middleware.csrf import CSRF_SECRET_LENGTH
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.schemas import OpenApiSchema

from consultations.models import ConsultationSlot
from mentor_portal.notifications.models import Notice
from mentor_portal.reservations.models import Reservation
from mentor_portal.wsgi import application
from mentors.models import Category, IndustrialChain
from research.models import ResearchReport
from tests import scene as scenes

pytestmark = pytest.mark.django_db

CASES = 500
DOCUMENT = "/api/v1/schema/"
# What says that nobody was signed in, nothing was found, or nothing understood.
NOT_DONE = {400, 401, 403, 404}
CSRF_TOKEN = "t" * CSRF_SECRET_LENGTH
RESERVATION = "/api/v1/reservations/{id}/"
READ = (
    *("categories", "chains", "mentors", "sessions", "slots"),
    *("research/themes", "research/reports", "notices", "reservations"),
)
OPERATIONS = [
    *((HTTPMethod.GET, f"/api/v1/{name}/") for name in READ),
    *((HTTPMethod.GET, f"/api/v1/{name}/{{id}}/") for name in READ),
    *((HTTPMethod.POST, f"/api/v1/{name}/{{id}}/book/") for name in ("sessions", "slots")),
    *((HTTPMethod.POST, f"{RESERVATION}{act}/") for act in ("accept", "decline", "cancel", "excuse")),
]


@pytest.fixture
def scene() -> scenes.Scene:
    return scenes.build()


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """Requests of the test are served within its transaction, which no end of a request may close."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def document(scene: scenes.Scene) -> OpenApiSchema:
    return schemathesis.openapi.from_wsgi(DOCUMENT, application)


def test_every_operation_of_the_document_is_tried(document):
    told = {(each.ok().method.upper(), each.ok().path) for each in document.get_all_operations()}
    assert told == {(method.value, path) for method, path in OPERATIONS}


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_operation_answers_as_the_document_says(document, scene, method, path):
    """The person is signed in; the checks leave the session out, or spoil it, by themselves."""
    person = Client()
    person.force_login(scene.owner)
    sent = {
        "cookies": {"sessionid": person.cookies["sessionid"].value, "csrftoken": CSRF_TOKEN},
        "headers": {"X-CSRFToken": CSRF_TOKEN},
    }
    operation = document[path][method.value]
    tried = Counter()

    @settings(
        max_examples=CASES,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=st.one_of(*_strategies(operation, _known(scene), sent)))
    def answers(case: Case) -> None:
        with transaction.atomic():
            response = case.call_and_validate()
            transaction.set_rollback(True)
        tried[response.status_code] += 1

    answers()
    assert tried.total() >= CASES
    assert set(tried) - NOT_DONE, f"nothing was done, only refused: {tried}"


def _strategies(
    operation: APIOperation, known: dict[str, int], sent: dict[str, dict[str, str]]
) -> Iterator[st.SearchStrategy[Case]]:
    """Yield requests that the document allows and such that it does not, and some about what is there."""
    good = partial(operation.as_strategy, GenerationMode.POSITIVE, **sent)
    bad = partial(operation.as_strategy, GenerationMode.NEGATIVE, **sent)
    yield good()
    yield bad()
    if "{id}" not in operation.path:
        yield good(query={"page": 1})
    for name, pk in known.items():
        if operation.path.startswith(f"/api/v1/{name}/{{id}}/"):
            yield good(path_parameters={"id": pk})
            if operation.method == "post":
                yield bad(path_parameters={"id": pk})


def _known(scene: scenes.Scene) -> dict[str, int]:
    """Return one thing of each resource that is there, those that are booked open to it."""
    return {
        "categories": Category.objects.first().pk,
        "chains": IndustrialChain.objects.first().pk,
        "mentors": scene.people["mentor"].mentor.pk,
        "sessions": scene.sessions["free"].pk,
        "slots": ConsultationSlot.objects.bookable(timezone.now()).free().first().pk,
        "research/themes": scene.themes["later"].pk,
        "research/reports": ResearchReport.objects.published().first().pk,
        "notices": Notice.objects.published().first().pk,
        "reservations": Reservation.objects.of(scene.owner).live().first().pk,
    }
