"""Persons and organisations, once each, with the history of their addresses."""

import uuid
from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Concat


class KkFold(Func):
    """The database's `kk_fold`: the search key of a name (parties.search_keys.fold)."""

    function = "kk_fold"
    output_field = models.TextField()


class KkSortKey(Func):
    """The database's `kk_sort_key`: the order of the Kazakh alphabet without ICU."""

    function = "kk_sort_key"
    output_field = models.TextField()


class Party(models.Model):
    """A natural or legal person. Found by IIN or BIN; without one, each arrival is its own."""

    class Kind(models.TextChoices):
        """Natural or legal person."""

        NATURAL = "natural"
        LEGAL = "legal"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=8, choices=Kind)
    iin = models.CharField(max_length=12, blank=True)
    bin = models.CharField(max_length=12, blank=True)
    name_kk = models.CharField(max_length=300)
    name_ru = models.CharField(max_length=300)
    birth_date = models.DateField(null=True, blank=True)
    name_folded = models.GeneratedField(
        expression=KkFold(Concat(F("name_kk"), models.Value(" "), F("name_ru"))),
        output_field=models.TextField(),
        db_persist=True,
    )
    name_sorted = models.GeneratedField(
        expression=KkSortKey(F("name_kk")), output_field=models.TextField(), db_persist=True
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["iin"], condition=~Q(iin=""), name="party_iin_once"),
            models.UniqueConstraint(fields=["bin"], condition=~Q(bin=""), name="party_bin_once"),
        ]
        indexes: ClassVar = [
            GinIndex(OpClass(F("name_folded"), name="gin_trgm_ops"), name="party_name_trigram"),
            models.Index(fields=["name_sorted"], name="party_name_order"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def name(self, language: str) -> str:
        """The name: Russian for `ru`, Kazakh otherwise."""
        return self.name_ru if language.startswith("ru") else self.name_kk


class Address(models.Model):
    """An address of a party, [since, until)."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="addresses")
    city = models.CharField(max_length=300, blank=True)
    address_kk = models.CharField(max_length=300, blank=True)
    address_ru = models.CharField(max_length=300, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["party"], condition=Q(until__isnull=True), name="address_one_current"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} since {self.since}"
