# What we use of Celery, which has no types of its own.
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

class Settings:
    def update(self, **settings: Any) -> None: ...

class Celery:
    conf: Settings
    def __init__(self, main: str) -> None: ...
    def autodiscover_tasks(self) -> None: ...

def shared_task(function: Callable[P, R]) -> Callable[P, R]: ...
