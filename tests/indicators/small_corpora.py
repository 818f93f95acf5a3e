"""
Small corpora from a seed: everything that happens to records, in a few pages and a few hundred rows.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from plain_records import Import, PageFacts, Span

from qulaq.corpus.intake import Order, take_in
from qulaq.study import Study, open_study

Row = dict[str, Any]
WINDOW = Span(date(2024, 1, 20), date(2024, 3, 20))  # Almaty's clocks went back on 1 March
ZONES = ("Asia/Almaty", "Asia/Oral")
PLATFORMS = ("facebook", "instagram", "telegram")
TEXTS = (
    "Когда наконец отремонтируют дорогу?",
    "Рақмет, өте жақсы болды, үлкен алғыс",
    "Почему опять нет воды, @u1?",
    "Суды қашан қосасыздар, қанша күтеміз?",
    "👍",
)
ANSWERS = (
    "рақмет!",
    "Сделаем завтра",
    "сделаем, завтра",
    "Өтінішіңіз қаралды",
    "Спасибо",
    "Жөнделді",
    "Уточним",
    "👌",
)
_COLUMNS = {
    "posts": ("page_id", "post_id", "published_at", "likes", "comments", "shares", "followers_then", "comments_open", "text"),
    "comments": ("page_id", "post_id", "comment_id", "parent_id", "author", "author_handle", "by_page_source", "published_at", "text", "likes"),
    "page_counts": ("page_id", "captured_at", "followers", "posts_total"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class World:
    """
    What the study says and what was imported, in the order of import.
    """

    pages: tuple[PageFacts, ...]
    imports: tuple[Import, ...]
    window: Span = WINDOW


# ── from records to a study ──────────────────────────────────────────────────────────────────────


def build(world: World, folder: Path, *, extra: str = "") -> Study:
    """
    The study of that world, its records imported; *extra* goes into `study.toml`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "study.toml").write_text("\n".join([*_toml(world), extra]), encoding="utf-8")
    study = open_study(folder)
    for number, one in enumerate(world.imports):
        file = folder / f"{number}.csv"
        write_rows(file, one)
        words = [{"all": "authors", "page": "page-authors", "none": "no-authors"}[one.authors]]
        words += [] if one.parents else ["no-parents"]
        complete = one.complete or None
        order = Order(captured=one.captured, knows=tuple(words), complete=complete)
        balance = take_in(study, file, order)
        assert balance.total("rejected") == 0, balance.rejects
    return study


def _toml(world: World) -> Iterator[str]:
    yield 'id = "world"\ntitle = "A small world"'
    yield f"window = {{ from = {world.window.first}, to = {world.window.last} }}"
    for body, zone in {page.owner: page.zone for page in world.pages}.items():
        yield f'[[bodies]]\nid = "{body}"\nname = "{body}"\ntime_zone = "{zone}"'
    for page in world.pages:
        first, *others = sorted(page.speakers)
        yield f'[[pages]]\nid = "{page.id}"\nbody = "{page.owner}"\nplatform = "{page.platform}"\nhandle = "{first}"'
        yield "accounts = [" + ", ".join(f'"{one}"' for one in others) + "]"
        if page.opened:
            yield f'opened = "{page.opened}"'


def write_rows(file: Path, one: Import) -> None:
    columns = _COLUMNS[one.table]
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(columns)
        for row in one.rows:
            writer.writerow([_cell(row.get(column)) for column in columns])


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, datetime) else str(value)


# ── from a seed to records ───────────────────────────────────────────────────────────────────────


def make_world(random: Random, *, pages: int = 4, posts: int = 60, comments: int = 150) -> World:
    """
    Two to four pages, each with its own ways: who is known, how replies are told, how it answers.
    """
    facts, imports = [], []
    for number in range(random.randint(2, pages)):
        page = PageFacts(
            id=f"page{number}",
            zone=random.choice(ZONES),
            speakers=frozenset({f"page.{number}", f"press_{number}", f"{number}00"}),
            opened=random.choice([None, None, date(2024, 2, 3)]),
        )
        facts.append(page)
        imports += _Life(random, page).imports(
            random.randint(0, posts), random.randint(0, comments)
        )
    return _on_networks(World(tuple(facts), tuple(imports)))


def _on_networks(world: World) -> World:
    """
    The same with texts of posts, and pages of one zone as one body's, now on one network and now on another.

    Drawn apart, so that all else is as it was without.
    """
    random = Random(len(world.imports) * 31 + sum(len(one.rows) for one in world.imports))  # noqa: S311
    pages = tuple(
        replace(page, body=f"of-{page.zone[5:].lower()}", platform=random.choice(PLATFORMS))
        for page in world.pages
    )
    texts: dict[str, str | None] = {}
    imports = []
    for one in world.imports:
        if one.table == "posts":
            for row in one.rows:
                texts.setdefault(row["post_id"], _post_text(random))
            rows = [{**row, "text": texts[row["post_id"]]} for row in one.rows]
            one = replace(one, rows=rows)  # noqa: PLW2901
        imports.append(one)
    return replace(world, pages=pages, imports=tuple(imports))


def _post_text(random: Random) -> str | None:
    """
    None, a few words, or one of a dozen texts that have no word in common, with what a network hangs on it.
    """
    if random.random() < 0.2:
        return random.choice([None, "Тікелей эфир", "📷 #сурет #жаңалық"])
    own = Random(random.randrange(12))  # noqa: S311 - invented words, no secret
    text = " ".join("".join(own.choices("абвгдежзиқңөұү", k=8)) for _ in range(7))
    hung = random.choice(["{}", "❗️ {} 👏", "{} #жаңалық #әкімдік", "{}\nhttps://gov.kz/a"])
    return hung.format(text)


class _Life:
    def __init__(self, random: Random, page: PageFacts) -> None:
        self.random, self.page = random, page
        self.authors = random.choices(["all", "page", "none"], [6, 3, 1])[0]
        self.parents = random.random() < 0.7
        self.keyed = random.choice([1.0, 1.0, 0.9, 0.5])
        self.nameless = random.choice([0.0, 0.0, 0.1, 0.3])
        self.diligence = random.choice([0.0, 0.2, 0.5, 0.9])
        self.speed = random.choice([0.5, 10, 60, 200])
        self.people = [f"u{one}" for one in range(random.choice([3, 12, 40]))]
        self.hides = random.choice([0.0, 0.0, 0.3, 1.0])
        self.number = 0

    def imports(self, posts: int, comments: int) -> Iterator[Import]:
        random = self.random
        rows = [self._post(number) for number in range(posts)]
        talk = self._talk(rows, comments)
        ways = {"authors": self.authors, "parents": self.parents}
        yield from self._in_parts("posts", rows, {})
        yield from self._in_parts("comments", talk, ways)
        counts = [self._counts() for _ in range(random.choice([0, 1, 3]))]
        if counts:
            yield Import(
                table="page_counts", rows=list({one["captured_at"]: one for one in counts}.values())
            )

    def _moment(self) -> datetime:
        day = WINDOW.first - timedelta(days=15) + timedelta(days=self.random.randrange(75))
        clock = timedelta(
            minutes=self.random.choice([0, 0, 30, 1140, 1200, self.random.randrange(1440)])
        )
        return datetime(day.year, day.month, day.day, tzinfo=UTC) + clock

    def _post(self, number: int) -> Row:
        random = self.random
        return {
            "page_id": self.page.id,
            "post_id": f"{self.page.id}-{number}",
            "published_at": self._moment(),
            "likes": self._hidden(random.randrange(40)),
            "comments": self._hidden(random.choice([0, 0, 3, 9])),
            "shares": self._hidden(random.randrange(5)),
            "followers_then": random.choice([None, 900, 1000]) if self.keyed < 1 else 1000,
            "comments_open": random.choice([None, True, True, False]),
        }

    def _hidden(self, count: int) -> int | None:
        return None if self.random.random() < self.hides else count

    def _counts(self) -> Row:
        random = self.random
        return {
            "page_id": self.page.id,
            "captured_at": self._moment(),
            "followers": random.choice([None, 100, 2000]),
            "posts_total": random.choice([None, 5, 50]),
        }

    # ── talk ──

    def _talk(self, posts: Sequence[Row], n: int) -> list[Row]:
        """
        Comments of citizens, answers of the page, citizens who write again, strangers who join in.
        """
        talk: list[Row] = []
        places = [post["post_id"] for post in posts] + ["elsewhere", None]
        while len(talk) < n:
            root = self._comment(self.random.choice(places), None, self._moment())
            talk.append(root)
            thread = [root]
            while self.random.random() < self.diligence:
                reply = self._next(thread)
                thread.append(reply)
                talk.append(reply)
        if talk and self.parents and self.random.random() < 0.5:
            orphan = self._comment(talk[0]["post_id"], "never-held", self._moment())
            talk.append(orphan)
        return talk

    def _next(self, thread: list[Row]) -> Row:
        random = self.random
        above = random.choice(thread[-3:])
        wait = timedelta(hours=random.choice([0, 1, 24, 72, random.expovariate(1 / self.speed)]))
        if random.random() < 0.05:
            wait = -timedelta(hours=1)
        moment = above["published_at"] + timedelta(seconds=round(wait.total_seconds()))
        row = self._comment(thread[0]["post_id"], above["comment_id"], moment)
        speaker = random.random()
        if speaker < 0.45:
            self._by_page(row, thread[0])
        elif speaker < 0.65:
            row |= {one: thread[0].get(one) for one in ("author", "author_handle")}
        elif self.nameless and speaker < 0.85:
            row |= {"author": None, "author_handle": None}
        return row

    def _comment(self, post: str | None, parent: str | None, moment: datetime) -> Row:
        random = self.random
        self.number += 1
        row = {
            "page_id": self.page.id,
            "post_id": post,
            "comment_id": f"{self.page.id}-c{random.randrange(10**6):06}-{self.number}",
            "parent_id": parent if self.parents else None,
            "published_at": moment,
            "text": random.choice(TEXTS),
            "likes": random.randrange(3),
        }
        if self.authors == "all" and random.random() >= self.nameless:
            row |= self._names()
        if self.authors == "page" and random.random() < self.keyed - 0.4:
            row |= self._names()
        if random.random() < 0.03:
            self._by_page(row, row)
        return row

    def _names(self) -> Row:
        person = self.random.choice(self.people)
        if self.keyed < 1 and self.random.random() > self.keyed:
            return {"author": f"id-{person}"}
        return {"author": f"id-{person}", "author_handle": f"@{person.upper()}"}

    def _by_page(self, row: Row, root: Row) -> None:
        """
        The page's words: under one of its names, or marked by the source.
        """
        name = self.random.choice(sorted(self.page.speakers))
        row |= {"author": None, "author_handle": None}
        row |= self.random.choice(
            [{"author": name.upper()}, {"author_handle": f"@{name}"}, {"by_page_source": True}]
        )
        handle = root.get("author_handle")
        row["text"] = f"{handle or ''} {self.random.choice(ANSWERS)} {handle or '@nobody'}"

    # ── captures ──

    def _in_parts(self, table: str, rows: list[Row], ways: Row) -> Iterator[Import]:
        """
        All at once with or without a moment; or in two captures, of which the second sees more and, of
        what it sees again, other counts.
        """
        if not rows:
            return
        newest = max(row["published_at"] for row in rows)
        way = self.random.choice(["undated", "soon", "late", "midnight", "twice", "split"])
        whole = Import(table=table, rows=rows, **ways)
        if way == "undated":
            yield whole
        elif way == "soon":
            yield replace(whole, captured=newest + timedelta(minutes=20))
        elif way == "late":
            yield replace(whole, captured=newest + timedelta(days=30))
        elif way == "midnight":
            yield replace(
                whole,
                captured=datetime(
                    2024, 2, 25, 19 if self.page.zone == "Asia/Oral" else 18, tzinfo=UTC
                ),
            )
        else:
            yield from self._twice(whole, split=way == "split")

    def _twice(self, whole: Import, *, split: bool) -> Iterator[Import]:
        random = self.random
        middle = datetime(2024, 2, 20, 12, tzinfo=UTC)
        early = [row for row in whole.rows if row["published_at"] <= middle]
        again = [row for row in early if random.random() < 0.6]
        later = [row for row in whole.rows if row["published_at"] > middle]
        changed = [
            {**row, "likes": random.choice([row["likes"], row["likes"], None, 99])} for row in again
        ]
        whole = replace(
            whole, complete=whole.table == "comments" and not split and random.random() < 0.7
        )
        if early:
            yield replace(whole, rows=early, captured=middle)
        if rows := later if split else [*changed, *later]:
            later = middle + timedelta(days=random.choice([2, 9, 90]), minutes=10)
            rows = rows if split else [row for row in rows if row["published_at"] < later]
            yield replace(whole, rows=rows, captured=None if split else later)
