"""Where and when a page publishes, as the replica's own study file states it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from qulaq.replica.resources import read_table


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSetting:
    """The body and platform of a page, its local zone, and the days of the window."""

    page: str
    body: str
    platform: str
    zone: ZoneInfo
    days: tuple[date, ...]


def read_settings() -> dict[str, PageSetting]:
    """Read settings by page id, in the order of the study file."""
    study = read_table("study.toml")
    zones = {body["id"]: body.get("time_zone", study["time_zone"]) for body in study["bodies"]}
    days = list_days(study["window"])
    return {
        page["id"]: PageSetting(
            page=page["id"],
            body=page["body"],
            platform=page["platform"],
            zone=ZoneInfo(zones[page["body"]]),
            days=days,
        )
        for page in study["pages"]
    }


def list_days(window: dict[str, Any]) -> tuple[date, ...]:
    first: date = window["from"]
    last: date = window["to"]
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))
