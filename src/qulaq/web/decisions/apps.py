"""The app of coders' decisions."""

from __future__ import annotations

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "qulaq.web.decisions"
    label = "decisions"
