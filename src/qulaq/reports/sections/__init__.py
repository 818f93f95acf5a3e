"""The sections of the report, one module each: a function from a scope to blocks."""

from __future__ import annotations
