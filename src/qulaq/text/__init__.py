"""Words in strings: this room knows letters and nothing of Qulaq."""

from __future__ import annotations
