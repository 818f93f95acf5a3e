"""The tables of answers. `qulaq.web.answers.store` alone reads and writes them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

_KEY = 32  # hexadecimal digits of a respondent's or invitation's key


class Response(models.Model):
    """
    One finished questionnaire; its answers stand in one cell, so that it is stored in one step.
    """

    survey = models.CharField(max_length=100)
    respondent = models.CharField(max_length=_KEY, unique=True)
    submitted_at = models.DateTimeField(null=True)  # a file from elsewhere may not tell it
    language = models.CharField(max_length=35)
    channel = models.CharField(max_length=32, null=True)  # noqa: DJ001  # absent is not empty
    pilot = models.BooleanField()
    answers = models.JSONField()
    version = models.TextField(default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["survey", "pilot"])]

    def __str__(self) -> str:
        return f"response {self.respondent}"


class Partial(models.Model):
    """
    One questionnaire under way, or left.
    """

    survey = models.CharField(max_length=100)
    respondent = models.CharField(max_length=_KEY, primary_key=True)
    begun_at = models.DateTimeField()
    language = models.CharField(max_length=35)
    channel = models.CharField(max_length=32, null=True)  # noqa: DJ001  # absent is not empty
    pilot = models.BooleanField()
    screen = models.PositiveIntegerField()
    answers = models.JSONField()
    screened_out = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["survey", "pilot"])]

    def __str__(self) -> str:
        return f"partial response {self.respondent}"


class Invitation(models.Model):
    """
    A right to answer once. Nothing ties it to the response that was given with it.
    """

    survey = models.CharField(max_length=100)
    key = models.CharField(max_length=_KEY, primary_key=True)
    used = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"invitation {self.key}"


class Secret(models.Model):
    """
    What tokens and sessions are signed with: one row, made once.
    """

    id = models.PositiveSmallIntegerField(primary_key=True)
    value = models.CharField(max_length=100)

    def __str__(self) -> str:
        return "secret"
