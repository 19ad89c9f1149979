"""Bring database and static files up to date, doing only what is not done yet."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor


class Command(BaseCommand):
    help = "Create what is missing: the PostgreSQL database, tables, the cache table, collected static files."
    requires_system_checks = ()

    def handle(self, **options: object) -> None:
        if connection.vendor == "postgresql" and not _database_exists():
            self.stdout.write(f"Creating the database {connection.settings_dict['NAME']} …")
            _create_database()
        if _migrations_are_pending():
            self.stdout.write("Migrating the database …")
            call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        self._collect_static_files()

    def _collect_static_files(self) -> None:
        """Collect and compress, unless the very same files were collected the last time."""
        stamp = Path(settings.STATIC_ROOT) / ".collected"
        fingerprint = _fingerprint_of_static_files()
        if stamp.exists() and stamp.read_text() == fingerprint:
            return
        self.stdout.write("Collecting static files …")
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(fingerprint)


def _database_exists() -> bool:
    """Tell whether the server knows the database. OperationalError where it cannot be asked."""
    try:
        connection.ensure_connection()
    except OperationalError:
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [connection.settings_dict["NAME"]])
            if cursor.fetchone():
                raise
        return False
    return True


def _create_database() -> None:
    name = connection.ops.quote_name(connection.settings_dict["NAME"])
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")


def _migrations_are_pending() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _fingerprint_of_static_files() -> str:
    """Digest where each static file lies, its size and when it was last changed."""
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            state = Path(storage.path(path)).stat()
            digest.update(f"{storage.path(path)}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
