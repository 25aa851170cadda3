"""How the office's own processes are started: the same words here and in docker-compose.yml."""

from __future__ import annotations

from typing import Final

WORKER: Final = [
    *("-m", "celery", "--app", "config.celery", "worker"),
    *("--pool", "threads"),
    *("--concurrency", "2"),
    # One worker has nobody to gossip with.
    *("--without-gossip", "--without-mingle", "--without-heartbeat"),
    *("--loglevel", "warning"),
]

BEAT: Final = ["-m", "celery", "--app", "config.celery", "beat", "--loglevel", "warning"]

MIGRATE: Final = ["manage.py", "migrate", "--noinput", "--verbosity", "0"]

DEMO_OFFICE: Final = ["manage.py", "demo_office", "--json"]

# What every process of the office may read of the environment; settings.py says what for.
ENVIRONMENT: Final = (
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "REDIS_URL",
    "ORYNDAU_VAR",
    "ORYNDAU_DEMO",
    "ORYNDAU_SECRET_KEY",
    "ORYNDAU_RULE_SET",
    "ORYNDAU_ALLOWED_HOSTS",
    "ORYNDAU_SMTP_HOST",
    "ORYNDAU_SMTP_PORT",
    "ORYNDAU_SMTP_USER",
    "ORYNDAU_SMTP_PASSWORD",
    "ORYNDAU_MAIL_FROM",
)


def web(bind: str) -> list[str]:
    """Serve pages and the API at an address such as 127.0.0.1:8000."""
    # Threads, as pages wait for the database; gunicorn's control socket would lie in the home.
    return [
        *("-m", "gunicorn", "config.wsgi:application"),
        *("--bind", bind),
        *("--worker-class", "gthread"),
        *("--workers", "2"),
        *("--threads", "4"),
        *("--graceful-timeout", "5"),
        "--no-control-socket",
        *("--log-level", "warning"),
    ]
