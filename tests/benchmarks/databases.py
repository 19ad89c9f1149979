"""Databases of the benchmarks' own, on the server that DATABASE_URL names."""

import os
from urllib.parse import urlsplit, urlunsplit

import psycopg2

SERVER = os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/")


def fresh(name: str) -> str:
    """Make the database anew and return its URL."""
    connection = connect(_url("postgres"))
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name}")
    connection.close()
    return _url(name)


def connect(url: str):
    connection = psycopg2.connect(url.replace("postgres://", "postgresql://", 1))
    connection.autocommit = True
    return connection


def _url(name: str) -> str:
    return urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}"))
