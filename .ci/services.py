"""Ask the PostgreSQL and the Redis of two URLs whether they answer; end with one line where not."""

import sys

import psycopg2
import redis
from environ import Env


def main(database_url: str, redis_url: str) -> None:
    server = Env.db_url_config(database_url)
    try:
        psycopg2.connect(
            host=server["HOST"],
            port=server["PORT"] or 5432,
            user=server["USER"],
            password=server["PASSWORD"],
            dbname="postgres",
            connect_timeout=5,
        ).close()
    except psycopg2.OperationalError:
        sys.exit(f"PostgreSQL does not answer at {server['HOST']}:{server['PORT']} (DATABASE_URL).")
    try:
        redis.Redis.from_url(redis_url, socket_timeout=5, socket_connect_timeout=5).ping()
    except redis.RedisError:
        sys.exit(f"Redis does not answer at {redis_url} (REDIS_URL).")


main(*sys.argv[1:])
