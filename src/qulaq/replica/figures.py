"""The figures that the paper publishes on its four pages."""

from __future__ import annotations

import csv
from dataclasses import dataclass

from qulaq.replica.resources import read_resource


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFigures:
    """
    One page of the paper's table 1; `None` where the paper prints no figure.

    Pages with the same `content` publish the same posts.
    """

    page: str
    content: str
    posts: int
    daily_least: int
    daily_most: int | None
    likes_mean: int
    likes_most: int
    comments_mean_low: int
    comments_mean_high: int
    comments_most: int
    followers: int | None
    posts_all_time: int | None


def read_figures() -> tuple[PageFigures, ...]:
    rows = csv.DictReader(read_resource("published.csv").splitlines())
    return tuple(parse_figures(row) for row in rows)


def parse_figures(row: dict[str, str]) -> PageFigures:
    return PageFigures(
        page=row["page"],
        content=row["content"],
        posts=int(row["posts_in_window"]),
        daily_least=int(row["posts_per_day_min"]),
        daily_most=parse_count(row["posts_per_day_max"]),
        likes_mean=int(row["likes_mean"]),
        likes_most=int(row["likes_max"]),
        comments_mean_low=int(row["comments_mean_low"]),
        comments_mean_high=int(row["comments_mean_high"]),
        comments_most=int(row["comments_max"]),
        followers=parse_count(row["followers"]),
        posts_all_time=parse_count(row["posts_all_time"]),
    )


def parse_count(cell: str) -> int | None:
    return int(cell) if cell else None
