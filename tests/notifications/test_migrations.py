"""What the migrations do with the rows that are there."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def before_deliveries():
    """Return the models as they were before there were deliveries; go forward again afterwards."""
    executor = MigrationExecutor(connection)
    yield executor.migrate([("notifications", "0001_initial")]).apps
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def test_messages_of_old_are_not_sent_afterwards(before_deliveries, job_seeker):
    at = timezone.now()
    before_deliveries.get_model("notifications", "Message").objects.create(
        person_id=job_seeker.pk, key="old", kind="booked", title="旧", body="旧", created_at=at
    )
    executor = MigrationExecutor(connection)
    apps = executor.migrate([("notifications", "0002_delivery")]).apps
    old = apps.get_model("notifications", "Message").objects.get(key="old")
    assert (old.routed_at, old.words, old.expires_at) == (at, {}, None)
