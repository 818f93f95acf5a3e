"""The table of coders' decisions. `qulaq.web.decisions.store` alone reads and writes it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Decision(models.Model):
    """
    One coder's decision on one unit and variable; its number is its place in the order of storing.
    """

    unit = models.CharField(max_length=400)
    variable = models.CharField(max_length=40)
    coder = models.CharField(max_length=150)
    status = models.CharField(max_length=10)
    turn = models.PositiveIntegerField()
    codes = models.JSONField()
    fingerprint = models.CharField(max_length=12)
    decided_at = models.DateTimeField()
    unsure = models.BooleanField(default=False)
    remark = models.TextField(default="")
    probability = models.FloatField(null=True)

    class Meta:
        # Two windows that both hold the same turn cannot both store theirs.
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "variable", "coder", "status", "turn"], name="one_decision_a_turn"
            )
        ]

    def __str__(self) -> str:
        return f"decision {self.pk} on {self.unit}"
