"""The app of answers."""

from __future__ import annotations

from django.apps import AppConfig


class AnswersConfig(AppConfig):
    name = "qulaq.web.answers"
    label = "answers"
