"""Persons and organisations, once each, with the history of their addresses."""

import uuid
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q

from parties.search_keys import key, near


class KkFold(Func):
    """The database's former `kk_fold`, by which names were searched: migrations name it."""

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
    name_sorted = models.GeneratedField(
        expression=KkSortKey(F("name_kk")), output_field=models.TextField(), db_persist=True
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["iin"], condition=~Q(iin=""), name="party_iin_once"),
            models.UniqueConstraint(fields=["bin"], condition=~Q(bin=""), name="party_bin_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["name_sorted"], name="party_name_order"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def name(self, language: str) -> str:
        """The name: Russian for `ru`, Kazakh otherwise."""
        return self.name_ru if language.startswith("ru") else self.name_kk


class Wording(models.Model):
    """What a party was ever called and numbered, rightly or not; by all of it he is found."""

    #: Made of what it says, so that the same wording is there once.
    id = models.UUIDField(primary_key=True, editable=False)
    party = models.ForeignKey(Party, models.PROTECT, related_name="wordings")
    name_kk = models.CharField(max_length=300)
    name_ru = models.CharField(max_length=300)
    #: IIN or BIN, or what stood in its place.
    number = models.CharField(max_length=300, blank=True)
    #: As it is searched (search_keys.key), and as it is with one letter wrong (search_keys.near).
    key = models.TextField()
    near = ArrayField(models.TextField())

    class Meta:
        indexes: ClassVar = [
            GinIndex(OpClass(F("key"), name="gin_trgm_ops"), name="wording_trigram"),
            GinIndex(fields=["near"], name="wording_near"),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.id}"

    @classmethod
    def of(cls, party_id: uuid.UUID, *names: str, number: str) -> Self:
        """The wording of a party under these names, Kazakh and Russian; not stored yet."""
        kk, ru = names
        told = uuid.uuid5(party_id, "\n".join((kk, ru, number)))
        found = cls(id=told, party_id=party_id, name_kk=kk, name_ru=ru, number=number)
        found.key, found.near = key(kk, ru, number), near(kk, ru)
        return found


class Address(models.Model):
    """An address of a party, [since, until)."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="addresses")
    #: Of the law's `address_kinds`; empty where a document named it.
    kind = models.CharField(max_length=16, blank=True)
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
