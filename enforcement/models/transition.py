"""The lawful steps of every machine, as the database's guard knows them."""

from typing import ClassVar

from django.db import models


class Transition(models.Model):
    """A lawful step of a machine, for the database's guard; equal to lifecycle/ (a test holds)."""

    machine = models.CharField(max_length=32)
    source = models.CharField(max_length=32, blank=True)
    target = models.CharField(max_length=32)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["machine", "source", "target"], name="transition_once"),
        ]

    def __str__(self) -> str:
        return f"{self.machine}: {self.source} -> {self.target}"
