"""Databases of the benchmarks' own, on the server that DATABASE_URL names."""

import os
from urllib.parse import urlsplit, urlunsplit

import psycopg2

SERVER = os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/")


def fresh(name: str) -> str:
    """Make the database anew and return its URL."""
    connection = connect(url("postgres"))
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name}")
    connection.close()
    return url(name)


def connect(address: str):
    connection = psycopg2.connect(address.replace("postgres://", "postgresql://", 1))
    connection.autocommit = True
    return connection


def url(name: str) -> str:
    """Return the URL of a database on the server."""
    return urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}"))
