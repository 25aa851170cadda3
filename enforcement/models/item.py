"""Property arrested at an inventory, item by item."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from enforcement.models.measure import Measure


class Item(models.Model):
    """A thing in an act of inventory, with its value in tenge and the debtor's wish."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    description = models.CharField(max_length=500)
    value = models.DecimalField(max_digits=15, decimal_places=2)
    #: In which place the debtor wants it to be recovered from (RIGHT-DEBT-02).
    preference = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["measure", "position"], name="item_position_once"),
            models.CheckConstraint(condition=Q(value__gt=0), name="item_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.position}"
