"""Securing measures: a freeze of money in a bank, and whatever else is laid on a target."""

import uuid
from collections.abc import Mapping
from textwrap import shorten
from typing import Any, ClassVar, Final

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractYear

from accounts.models import Office
from enforcement.lifecycle.measure import LIVE, REQUESTED, SANCTIONED, SERVED, MeasureLifecycle
from enforcement.models.case import Case
from enforcement.models.proceeding import Proceeding
from enforcement.models.request import Request

BANK_MONEY: Final = "bank_money"
#: What waits on others: for a sanction, to be served, for the bank's answer.
WAITING: Final = Q(state__in=(REQUESTED, SANCTIONED)) | Q(
    state=SERVED, target=BANK_MONEY, answer=""
)
#: How much of a long list of things a name may hold.
LONGEST_NAME: Final = 80


def known_by(measure: Mapping[str, Any]) -> str:
    """What people know a measure by, from its columns: bank, object, detail or addressee."""
    said = next((text for text in measure["details"].values() if text), "")
    name = measure["bank"] or measure["object"] or said or measure["addressee"]
    return shorten(name, LONGEST_NAME, placeholder="…")


class Measure(Request, MeasureLifecycle):
    """A securing measure (SEC-01..07); on money in a bank it is capped and needs a sanction.

    `requested_on`: the day it was asked for or laid.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="measures")
    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="measures")
    kind = models.CharField(max_length=16)
    target = models.CharField(max_length=32)
    bank = models.CharField(max_length=300, blank=True)
    account = models.CharField(max_length=34, blank=True)
    cap = models.DecimalField(max_digits=15, decimal_places=2, null=True)
    #: Why more is frozen than is left, where together with other freezes it is.
    above_because = models.CharField(max_length=1000, blank=True, default="", db_default="")
    #: What it is laid on, in words.
    object = models.CharField(max_length=1000, blank=True)
    #: Who beside the debtor must obey it: a holder, a registry, whoever owes him.
    addressee = models.CharField(max_length=300, blank=True)
    #: What its kind asks beside: limits, seal, documents, by the law's keys.
    details = models.JSONField(default=dict)
    initiator = models.CharField(max_length=16, default="bailiff")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    sanction_number = models.CharField(max_length=64, blank=True)
    #: The prosecutor's office that gave the number, and the number however it was written.
    sanctioned_in = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    sanction_key = models.CharField(max_length=200, blank=True, default="", db_default="")
    refusal_reason = models.CharField(max_length=1000, blank=True)
    answer = models.CharField(max_length=1000, blank=True)

    class Meta(Request.Meta):
        constraints: ClassVar = [
            *Request.Meta.constraints,
            models.CheckConstraint(condition=Q(cap__gt=0), name="measure_cap_above_zero"),
            models.CheckConstraint(
                condition=~Q(target=BANK_MONEY)
                | ~Q(state__in=["sanctioned", "served"])
                | ~Q(sanction_number=""),
                name="measure_served_with_sanction",
            ),
            models.CheckConstraint(
                condition=~Q(target=BANK_MONEY) | (Q(cap__isnull=False) & ~Q(bank="")),
                name="measure_freeze_is_capped",
            ),
            models.UniqueConstraint(
                F("sanctioned_in"),
                ExtractYear("decided_on"),
                F("sanction_key"),
                condition=Q(sanctioned_in__isnull=False),
                name="sanction_number_once",
            ),
        ]
        indexes: ClassVar = [
            *Request.Meta.indexes,
            models.Index(fields=["proceeding"], condition=Q(state__in=LIVE), name="measure_live"),
            models.Index(fields=["requested_on", "id"], condition=WAITING, name="measure_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def holder(self) -> str:
        """Who beside the debtor carries it out; empty where the debtor alone must obey."""
        return self.bank or self.addressee

    @property
    def name(self) -> str:
        """What people know it by: the bank of a freeze, what another is laid on or asks."""
        return known_by(vars(self))
