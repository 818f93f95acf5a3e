"""Numbers on arrays: this room knows statistics and nothing of Qulaq."""

from __future__ import annotations
