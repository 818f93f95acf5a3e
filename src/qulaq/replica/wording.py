"""What the invented posts and comments say: kinds of posts, moods under them, templates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random
from typing import Any

from qulaq.replica.resources import read_table
from qulaq.replica.slots import fill

MIXED_SHARE = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What a post is about: how often, how much it draws people, and in which mood they answer."""

    name: str
    weight: float
    appeal: float
    mood: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """A post that belongs to its day; `most` names what it draws most of ("" for neither)."""

    day: date
    kind: str
    language: str
    text: str
    content: str = ""
    most: str = ""


@cache
def read_posts() -> dict[str, Any]:
    return read_table("posts.toml")


@cache
def read_comments() -> dict[str, Any]:
    return read_table("comments.toml")


@cache
def read_kinds() -> dict[str, Kind]:
    return {name: Kind(name=name, **row) for name, row in read_posts()["kinds"].items()}


def is_in_season(name: str, month: int) -> bool:
    months: dict[str, list[int]] = read_posts()["months"]
    return month in months.get(name, [month])


@cache
def list_kinds(month: int) -> tuple[Kind, ...]:
    return tuple(kind for kind in read_kinds().values() if is_in_season(kind.name, month))


def draw_kind(rng: Random, *, month: int) -> Kind:
    kinds = list_kinds(month)
    return rng.choices(kinds, weights=[kind.weight for kind in kinds])[0]


def write_post(rng: Random, *, kind: str, body: str, language: str) -> str:
    return fill(rng.choice(read_posts()[language][kind]), rng=rng, body=body, language=language)


def list_occasions(rng: Random, *, content: str) -> tuple[Occasion, ...]:
    """List the highlights of this content, and greetings in both languages on each holiday."""
    marked = (Occasion(**row) for row in read_posts()["highlights"])
    greetings = (
        greet(rng, holiday, language=language)
        for holiday in read_posts()["holidays"]
        for language in ("kk", "ru")
    )
    return (*(occasion for occasion in marked if occasion.content == content), *greetings)


def greet(rng: Random, holiday: dict[str, Any], *, language: str) -> Occasion:
    template: str = rng.choice(read_posts()[language]["holiday"])
    text = template.format(holiday=holiday[language])
    return Occasion(day=holiday["day"], kind="holiday", language=language, text=text)


@cache
def list_groups(mood: str, month: int) -> tuple[tuple[str, ...], tuple[int, ...]]:
    moods: dict[str, int] = read_comments()["moods"][mood]
    kept = {group: weight for group, weight in moods.items() if is_in_season(group, month)}
    return tuple(kept), tuple(kept.values())


def draw_group(rng: Random, *, mood: str, month: int) -> str:
    groups, weights = list_groups(mood, month)
    return rng.choices(groups, weights=weights)[0]


def write_comment(rng: Random, *, group: str, body: str, language: str) -> str:
    return write_line(rng, group=group, body=body, language=language) + draw_emoji(rng, group=group)


def write_line(rng: Random, *, group: str, body: str, language: str) -> str:
    """Write a line of the group, now and then one in which both languages meet."""
    mixed = read_comments()["mixed"].get(group)
    if mixed and rng.random() < MIXED_SHARE:
        return fill(rng.choice(mixed), rng=rng, body=body, language="kk")
    return fill(rng.choice(read_comments()[language][group]), rng=rng, body=body, language=language)


def draw_emoji(rng: Random, *, group: str) -> str:
    emoji = read_comments()["emoji"].get(group)
    if emoji is None or rng.random() >= emoji["share"]:
        return ""
    return f" {rng.choice(emoji['signs'])}"
