"""The case and what arrives with a document: presentations, participants, debts."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import Office, User
from documents.models import ExecutiveDocument
from enforcement.lifecycle.intake import PresentationLifecycle
from journal.models import Stream
from parties.models import Party


class Case(models.Model):
    """One executive document's life in an office; the row every verb locks."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stream = models.OneToOneField(Stream, models.PROTECT, related_name="case")
    office = models.ForeignKey(Office, models.PROTECT, related_name="cases")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    opened_on = models.DateField()
    #: The legal date of the last act of a person: what shows inaction.
    last_act_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "year", "number"], name="case_number_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["office", "last_act_on", "id"], name="case_silence"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The number as people say it: office, year, running number."""
        return f"{self.office.code}-{self.year}-{self.number:05d}"


class Presentation(PresentationLifecycle):
    """One arrival of the document: who handed it in, when, what the law says of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="presentations")
    #: The case's office again, so that an inbox is one index scan.
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    ordinal = models.PositiveSmallIntegerField()
    document = models.OneToOneField(ExecutiveDocument, models.PROTECT, related_name="presentation")
    received_on = models.DateField()
    received_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    #: Whose key `ref` is: the submitting court's or the office's own.
    source = models.ForeignKey(Office, models.PROTECT, related_name="+")
    ref = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    verdict = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "ref"], name="presentation_ref_once"),
            models.UniqueConstraint(fields=["case", "ordinal"], name="presentation_ordinal_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["office", "received_on", "id"],
                condition=Q(state="received"),
                name="presentation_inbox",
            ),
            models.Index(fields=["office", "-received_on", "id"], name="presentation_all"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.ordinal}"


class Participant(models.Model):
    """A party in a role, named as the document named him then."""

    class Role(models.TextChoices):
        """What the party is in the case."""

        CLAIMANT = "claimant"
        DEBTOR = "debtor"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    presentation = models.ForeignKey(Presentation, models.PROTECT, related_name="participants")
    party = models.ForeignKey(Party, models.PROTECT, related_name="participations")
    role = models.CharField(max_length=16, choices=Role)
    position = models.PositiveSmallIntegerField()
    name_kk = models.CharField(max_length=300)
    name_ru = models.CharField(max_length=300)
    identifier = models.CharField(max_length=12, blank=True)
    as_written = models.CharField(max_length=300, blank=True)
    missing_reason = models.CharField(max_length=300, blank=True)
    city = models.CharField(max_length=300, blank=True)
    address_kk = models.CharField(max_length=300, blank=True)
    address_ru = models.CharField(max_length=300, blank=True)
    iban = models.CharField(max_length=34, blank=True)
    workplace = models.CharField(max_length=300, blank=True)
    birth_date = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["presentation", "role", "position"], name="participant_position_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.position}"

    def name(self, language: str) -> str:
        """The name as the document gave it: Russian for `ru`, Kazakh otherwise."""
        return self.name_ru if language.startswith("ru") else self.name_kk

    def address(self, language: str) -> str:
        """The address as the document gave it."""
        return self.address_ru if language.startswith("ru") else self.address_kk


class Debt(models.Model):
    """What is owed: a sum in tenge, payments that come again, or an act."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    presentation = models.ForeignKey(Presentation, models.PROTECT, related_name="debts")
    position = models.PositiveSmallIntegerField()
    claimant = models.ForeignKey(Participant, models.PROTECT, null=True, related_name="claims")
    #: One claim on every arrival that names it: presented again, or passed on to another office.
    claim = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)
    debtors = models.ManyToManyField(Participant, related_name="debts")
    joint = models.BooleanField(default=False)
    amount = models.DecimalField(max_digits=15, decimal_places=2, null=True)
    act = models.CharField(max_length=32, blank=True)
    periodic_kind = models.CharField(max_length=32, blank=True)
    periodic_share = models.CharField(max_length=300, blank=True)
    periodic_since = models.DateField(null=True)
    periodic_until = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gt=0), name="debt_above_zero"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.presentation_id} {self.position}"


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
