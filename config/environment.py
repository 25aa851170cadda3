"""How settings read the environment's strings: addresses, switches and secrets."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit, urlunsplit

from django.core.exceptions import ImproperlyConfigured

from law.statute import DEFAULT_RULE_SET, RULE_SETS

WEAK_SECRET = (
    "ORYNDAU_SECRET_KEY is missing or weak: give at least 50 characters with 5 different ones, "
    "for example from: python3 -c 'import secrets; print(secrets.token_urlsafe(64))'. "
    "A demo office (ORYNDAU_DEMO=1) makes its own."
)


def switch(environ: Mapping[str, str], name: str) -> bool:
    """Read a switch: 1, true, yes, on are on; 0, false, no, off and nothing are off."""
    value = environ.get(name, "").strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"", "0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}: write 1 or 0")


def rule_set(environ: Mapping[str, str]) -> str:
    """Read which law new documents come under."""
    named = environ.get("ORYNDAU_RULE_SET") or DEFAULT_RULE_SET
    if named not in RULE_SETS:
        raise ImproperlyConfigured(f"ORYNDAU_RULE_SET is {named!r}: one of {', '.join(RULE_SETS)}")
    return named


def listed(environ: Mapping[str, str], name: str) -> list[str]:
    """Read a list separated by commas."""
    return [part.strip() for part in environ.get(name, "").split(",") if part.strip()]


def database(url: str) -> dict[str, Any]:
    """Turn postgresql://user:password@host:port/name, or ?host=/folder, into Django's words."""
    if not url:  # commands that need no database: any use of one then fails loudly
        return {"ENGINE": "django.db.backends.dummy"}
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql://")
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or unquote(parts.hostname or ""),
        "PORT": options.pop("port", None) or str(parts.port or ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def broker(redis_url: str) -> str:
    """Say a Redis address as Celery does: it has its own name for a unix socket."""
    parts = urlsplit(redis_url)
    if parts.scheme != "unix":
        return redis_url
    number = parse_qs(parts.query).get("db", ["0"])[-1]
    return f"redis+socket://{parts.path}?virtual_host={number}"


def cache(redis_url: str) -> str:
    """Give the cache the number after the broker's, as clearing a cache empties all of its own."""
    parts = urlsplit(redis_url)
    if parts.scheme == "unix":
        number = int(parse_qs(parts.query).get("db", ["0"])[-1])
        return f"unix://{parts.path}?db={number + 1}"
    number = int(parts.path.strip("/") or 0)
    return urlunsplit(parts._replace(path=f"/{number + 1}"))


def secret_key(environ: Mapping[str, str], *, demo: bool, kept_in: Path) -> str:
    """Take the secret from the environment; a demo makes one once, a real office never does."""
    given = environ.get("ORYNDAU_SECRET_KEY", "")
    if given and len(given) >= 50 and len(set(given)) >= 5:
        return given
    if given or not demo:
        raise ImproperlyConfigured(WEAK_SECRET)
    return _made_once(kept_in)


def _made_once(file: Path) -> str:
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_name(f"{file.name}.{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(64), encoding="ascii")
        try:
            os.link(fresh, file)  # of several processes that start at once, one wins
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return file.read_text(encoding="ascii").strip()
