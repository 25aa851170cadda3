"""Tells whoever watches the office whether its stores answer, and take what is written."""

from __future__ import annotations

import secrets
from typing import Final

from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, JsonResponse
from redis.exceptions import RedisError

#: A row that a copy which only follows, or a guard, would refuse.
_WRITES: Final = """
INSERT INTO django_session (session_key, session_data, expire_date) VALUES (%s, '', now())
"""
#: A row may still find room on a full disk; a sort that finds none in memory asks for a new file.
_FILLS: Final = """
SET LOCAL work_mem = '64kB';
SELECT count(*) FROM (
  SELECT md5(n::text) FROM generate_series(1, 4000) AS n ORDER BY 1 OFFSET 1
) AS sorted
"""


def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database can be written and Redis reached, 503 when one cannot."""
    answers = {"database": _database_answers(), "redis": _redis_answers()}
    return JsonResponse(answers, status=200 if all(answers.values()) else 503)


def _database_answers() -> bool:
    """Whether a line could be written now. Nothing of it stays."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_WRITES, [f"healthz-{secrets.token_hex(12)}"])
            cursor.execute(_FILLS)
            transaction.set_rollback(True)
    except DatabaseError:
        return False
    return True


def _redis_answers() -> bool:
    try:
        cache.get("healthz")
    except (RedisError, OSError):
        return False
    return True
