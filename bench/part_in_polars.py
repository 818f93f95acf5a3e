"""The sums of the part in Polars, lazily where a table is read once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np
import polars as pl

from bench.measuring_by_hand import Task
from bench.part import HOURS, MixedSources, Sums

_NEWEST = ("seen", "taken_in", "row")
_HOUR = 3.6e9  # microseconds
_KINDS = ("likes", "comments", "shares")


def add_up(task: Task) -> Sums:
    pages = pl.read_parquet(task.study_pages)
    captures = _captures(task, pages)
    looked = _looked(task, pages, captures)
    posts, comments = _posts(task, captures), _comments(task, captures)
    threads = _threads(comments, captures).filter(_inside(task))
    found = {
        "looked": looked,
        "of_posts": _of_posts(posts.filter(_inside(task))),
        "of_days": _of_days(posts.filter(_inside(task)), looked),
        "of_comments": _of_comments(comments.filter(_inside(task))),
        "of_threads": _of_threads(threads),
        "of_citizens": _of_citizens(threads),
        "of_waits": threads.filter("answered")
        .group_by("page")
        .agg(answered_hours=pl.col("reply_hours").sort()),
    }
    return {name: _aligned(table, pages) for name, table in found.items()}


def _aligned(table: pl.DataFrame, pages: pl.DataFrame) -> dict[str, Any]:
    """
    The columns page by page; what there is none of is not a number.
    """
    rows = pages.select("page").join(table, on="page", how="left", maintain_order="left")
    return {column.name: _numbers(column) for column in rows.drop("page").iter_columns()}


def _numbers(column: pl.Series) -> Any:  # noqa: ANN401
    if column.dtype == pl.List:
        lists = np.empty(len(column), dtype=object)
        lists[:] = [None if one is None else one.to_numpy() for one in column]
        return lists
    if column.dtype == pl.Date:
        return None
    return column.cast(pl.Float64).fill_null(np.nan).to_numpy()


def _inside(task: Task) -> pl.Expr:
    return pl.col("day").is_between(task.first, task.last)


# ── what is stored ───────────────────────────────────────────────────────────────────────────────


def _stored(task: Task, table: str, columns: tuple[str, ...]) -> pl.LazyFrame:
    """
    The batches of a table, each row with the batch and the row by which it was taken in.
    """
    scans = [
        pl.scan_parquet(file, row_index_name="row")
        .select(*columns, "row")
        .with_columns(taken_in=pl.lit(int(file.stem)))
        for file in sorted((task.corpus / table).glob("*.parquet"))
    ]
    return pl.concat(scans)


def _local_day(moment: str, zones: list[str]) -> pl.Expr:
    days = [
        pl.when(pl.col("zone") == zone).then(pl.col(moment).dt.convert_time_zone(zone).dt.date())
        for zone in zones
    ]
    return pl.coalesce(days)


def _captures(task: Task, pages: pl.DataFrame) -> pl.DataFrame:
    columns = (
        "page_id", "capture_id", "looked_at", "post_id", "captured_at", "captured_lower", "covers_from",
        "covers_until", "complete", "knows_authors", "knows_parents",
    )  # fmt: skip
    found = (
        _stored(task, "captures", columns)
        .join(pages.lazy(), on="page_id")
        .with_columns(
            seen=pl.coalesce("captured_at", "captured_lower"),
            inferred=pl.col("captured_at").is_null(),
        )
        .collect()
    )
    if not found.filter(looked_at="comments")["knows_parents"].all():
        raise MixedSources
    return found


def _looked(task: Task, pages: pl.DataFrame, captures: pl.DataFrame) -> pl.DataFrame:
    """
    Which days of a page were looked at; a capture at midnight has seen nothing of the day that begins.
    """
    zones = pages["zone"].unique().to_list()
    before = pl.when("inferred").then(timedelta(0)).otherwise(timedelta(microseconds=1))
    ends = (
        captures.with_columns(end=pl.col("covers_until") - before)
        .with_columns(day=_local_day("end", zones))
        .group_by("page")
        .agg(
            posts=pl.col("day").filter(looked_at="posts").max(),
            comments=pl.col("day").filter(looked_at="comments").max(),
        )
    )
    return (
        pages.join(ends, on="page", how="left")
        .select(
            "page",
            first=pl.max_horizontal(pl.lit(task.first), "opened"),
            last=pl.when(pl.col("posts").is_not_null()).then(
                pl.min_horizontal(pl.lit(task.last), "posts")
            ),
            comments_observed=pl.col("comments") >= task.first,
        )
        .with_columns(
            days=((pl.col("last") - pl.col("first")).dt.total_days() + 1).clip(0).fill_null(0)
        )
    )


def _newest(rows: pl.DataFrame, key: tuple[str, str]) -> pl.DataFrame:
    """
    The newest state of each record: few were stored twice, and only these are put in order.
    """
    rows = rows.with_columns(twice=pl.struct(key).is_duplicated())
    newest = rows.filter("twice").sort(_NEWEST).unique(key, keep="last")
    return pl.concat([rows.filter(~pl.col("twice")), newest])


def _posts(task: Task, captures: pl.DataFrame) -> pl.DataFrame:
    columns = (
        "page_id", "capture_id", "post_id", "published_at", *_KINDS, "comments_open",
    )  # fmt: skip
    told = captures.select("page", "page_id", "zone", "capture_id", "seen")
    rows = (
        _stored(task, "posts", columns)
        .join(told.lazy(), on=["page_id", "capture_id"])
        .with_columns(day=_local_day("published_at", told["zone"].unique().to_list()))
        .drop("page_id", "capture_id", "zone")
        .collect()
    )
    return _newest(rows, ("page", "post_id"))


def _comments(task: Task, captures: pl.DataFrame) -> pl.DataFrame:
    columns = (
        "page_id", "capture_id", "post_id", "comment_id", "parent_id", "thread_id", "author", "author_handle",
        "by_page_source", "published_at",
    )  # fmt: skip
    told = captures.select("page", "page_id", "zone", "capture_id", "seen", "knows_authors")
    rows = (
        _stored(task, "comments", columns)
        .join(told.lazy(), on=["page_id", "capture_id"])
        .with_columns(
            root=pl.when(pl.col("parent_id").is_not_null()).then("thread_id"),
            cluster=pl.coalesce("post_id", "thread_id"),
            person=pl.coalesce("author_handle", "author"),
            day=_local_day("published_at", told["zone"].unique().to_list()),
            by_page=_by_page(task),
        )
        .drop(
            "page_id", "capture_id", "parent_id", "thread_id", "author", "author_handle",
            "by_page_source", "zone", "knows_authors",
        )
        .collect()
    )  # fmt: skip
    return _newest(rows, ("page", "comment_id"))


def _by_page(task: Task) -> pl.Expr:
    """
    Whether the body speaks: known by its hashes, else as the source says, else by having an author at all.
    """
    speakers = pl.read_parquet(task.speakers)
    pairs = speakers.select(pair=pl.struct("page", "person"))["pair"].implode()

    def speaks(column: str) -> pl.Expr:
        pair = pl.struct("page", pl.col(column).alias("person"))
        return pl.col(column).is_not_null() & pair.is_in(pairs)

    named = pl.coalesce("author", "author_handle").is_not_null()
    return (
        pl.when(speaks("author") | speaks("author_handle"))
        .then(statement=True)
        .when(pl.col("by_page_source").is_not_null())
        .then("by_page_source")
        .when(named | (pl.col("knows_authors") == "page").fill_null(value=False))
        .then(statement=False)
    )


# ── conversations ────────────────────────────────────────────────────────────────────────────────


def _threads(comments: pl.DataFrame, captures: pl.DataFrame) -> pl.DataFrame:
    """
    The comments at top level, with what was answered to them.
    """
    top = comments.filter(pl.col("root").is_null()).drop("root").with_row_index("thread")
    roots = top.select(
        "thread", "page", "comment_id", root_by_page="by_page", root_person="person",
        root_at="published_at",
    )  # fmt: skip
    below = (
        comments.filter(pl.col("root").is_not_null())
        .select("page", "root", "comment_id", "person", "by_page", "published_at", "seen")
        .join(roots, left_on=["page", "root"], right_on=["page", "comment_id"])
        .with_columns(later=pl.col("published_at") > pl.col("root_at"))
    )
    replies = below.group_by("thread").agg(**_replies())
    joined = (
        top.join(replies, on="thread", how="left")
        .join(_turns(below, replies), on="thread", how="left")
        .with_columns(pl.col("replied", "unknown_replies", "nameless").fill_null(0))
    )
    return _judged(_seen_until(joined, captures))


def _replies() -> dict[str, pl.Expr]:
    by_page = pl.col("by_page") & pl.col("later")
    nobody = pl.col("person").is_null() | pl.col("root_person").is_null()
    return {
        "first_reply_at": pl.col("published_at").filter(by_page).min(),
        "replied": by_page.sum(),
        "unknown_replies": (pl.col("by_page").is_null() & pl.col("later")).sum(),
        "nameless": (~pl.col("by_page") & pl.col("later") & nobody).sum(),
        "replies_seen": pl.col("seen").max(),
    }


def _turns(below: pl.DataFrame, replies: pl.DataFrame) -> pl.DataFrame:
    """
    How often the word passed between the citizen, who begins, and the body.
    """
    of_two = pl.col("by_page") | ((pl.col("person") == pl.col("root_person")) & ~pl.col("by_page"))
    passes = pl.col("by_page") != pl.col("by_page").shift(fill_value=False)
    return (
        below.filter(pl.col("later") & ~pl.col("root_by_page") & of_two)
        .join(replies.filter(pl.col("replied") > 0), on="thread", how="semi")
        .sort("thread", "published_at", "comment_id")
        .group_by("thread", maintain_order=True)
        .agg(passed=passes.sum())
    )


def _seen_until(threads: pl.DataFrame, captures: pl.DataFrame) -> pl.DataFrame:
    """
    Until when anybody looked: the captures of the comment, of its replies, of its post, of all its page.
    """
    looked = captures.filter(looked_at="comments")
    of_post = looked.group_by("page", "post_id").agg(post_seen=pl.col("seen").max())
    of_page = (
        looked.filter(pl.col("post_id").is_null() & pl.col("complete"))
        .filter(pl.col("covers_from").is_not_null())
        .sort("covers_from")
        .select("page", "covers_from", page_seen=pl.col("seen").cum_max().over("page"))
    )
    return (
        threads.join(of_post, on=["page", "post_id"], how="left")
        .sort("published_at")
        .join_asof(
            of_page,
            left_on="published_at",
            right_on="covers_from",
            by="page",
            check_sortedness=False,
        )
        .with_columns(
            seen_until=pl.max_horizontal("seen", "replies_seen", "post_seen", "page_seen")
        )
    )


def _judged(threads: pl.DataFrame) -> pl.DataFrame:
    asked = ~pl.col("by_page")
    replied = pl.col("first_reply_at").is_not_null()
    waited = (pl.col("first_reply_at") - pl.col("published_at")).dt.total_microseconds() / _HOUR
    followed = (pl.col("seen_until") - pl.col("published_at")).dt.total_microseconds() / _HOUR
    unknown = pl.col("unknown_replies") > 0
    return threads.select(
        "page", "cluster", "person", "day",
        of_post=pl.col("post_id").is_not_null(),
        asked=asked.fill_null(value=False),
        nobody=pl.col("by_page").is_null(),
        answered=(asked & replied).fill_null(value=False),
        judged=(asked & (replied | ~unknown)).fill_null(value=False),
        unknown=pl.col("by_page").is_null() | (asked & ~replied & unknown),
        changes=pl.when(~unknown).then(
            pl.when(~replied).then(0).when(pl.col("nameless") == 0).then("passed")
        ),
        reply_hours=waited,
        followed_hours=followed.clip(0),
    )  # fmt: skip


# ── sums ─────────────────────────────────────────────────────────────────────────────────────────


def _of_posts(posts: pl.DataFrame) -> pl.DataFrame:
    sums: dict[str, pl.Expr] = {}
    for kind in _KINDS:
        values = pl.col(kind)
        sums |= {
            f"{kind}_n": values.count(),
            f"{kind}_sum": values.sum(),
            f"{kind}_squares": values.cast(pl.Float64).pow(2).sum(),
        }
    likes, is_open = pl.col("likes"), pl.col("comments_open")
    return posts.group_by("page").agg(
        **sums,
        posts=pl.len(),
        likes_max=likes.max(),
        likes_some=(likes > 0).sum(),
        likes_values=likes.drop_nulls().sort(),
        open_n=is_open.count(),
        closed=(~is_open).sum(),
    )


def _of_days(posts: pl.DataFrame, looked: pl.DataFrame) -> pl.DataFrame:
    n = pl.col("n").cast(pl.Int64)
    return (
        posts.group_by("page", "day")
        .agg(n=pl.len())
        .join(looked, on="page")
        .filter(pl.col("day").is_between("first", "last"))
        .group_by("page")
        .agg(
            active_days=pl.len(),
            observed=n.sum(),
            observed_squares=(n * n).sum(),
            least=n.min(),
            most=n.max(),
        )
    )


def _of_comments(comments: pl.DataFrame) -> pl.DataFrame:
    by_page, page, citizens = pl.col("by_page"), pl.col("page_n"), pl.col("citizens_n")
    return (
        comments.group_by("page", "cluster")
        .agg(
            page_n=by_page.sum().cast(pl.Int64),
            citizens_n=(~by_page).sum().cast(pl.Int64),
            unknown_n=by_page.is_null().sum().cast(pl.Int64),
        )
        .group_by("page")
        .agg(
            pl.col("page_n", "citizens_n", "unknown_n").sum(),
            comments=(page + citizens + pl.col("unknown_n")).sum(),
            known=(page + citizens).sum(),
            m=(page + citizens > 0).sum(),
            page_squares=(page * page).sum(),
            page_times_citizens=(page * citizens).sum(),
            citizens_squares=(citizens * citizens).sum(),
        )
    )


def _of_threads(threads: pl.DataFrame) -> pl.DataFrame:
    judged, answered = pl.col("judged"), pl.col("answered")
    followed = judged & pl.col("changes").is_not_null()
    shares = {"all": (judged, answered)}
    for hours in HOURS:
        old = pl.col("followed_hours") >= hours
        in_time = pl.col("reply_hours") <= hours
        shares[f"{hours}h"] = (judged & old, answered & old & in_time)
    shares["followed"] = (followed & answered, followed & (pl.col("changes") >= 3))  # noqa: PLR2004
    shares["turns"] = (followed, pl.when(followed).then("changes"))
    counts = {
        f"{one}_{name}": column.sum().cast(pl.Int64)
        for name, pair in shares.items()
        for one, column in zip("nk", pair, strict=True)
    }
    keyless = pl.col("person").is_null()
    clusters = threads.group_by("page", "cluster").agg(
        pl.col("asked", "nobody", "unknown").sum(),
        **counts,
        of_post=pl.col("of_post").any(),
        keyless=(pl.col("asked") & keyless).sum(),
        n_keyless=(judged & keyless).sum(),
    )
    of_posts = pl.col("of_post") & (pl.col("n_all") > 0)
    sums = {key: column for name in shares for key, column in _clustered(name).items()}
    return clusters.group_by("page").agg(
        pl.col("asked", "nobody", "unknown", "keyless", "n_keyless").sum(),
        **sums,
        posts_asked=of_posts.sum(),
        posts_answered=(of_posts & (pl.col("k_all") > 0)).sum(),
    )


def _clustered(name: str) -> dict[str, pl.Expr]:
    n, k = pl.col(f"n_{name}"), pl.col(f"k_{name}")
    return {
        f"m_{name}": (n > 0).sum(),
        f"n_{name}": n.sum(),
        f"k_{name}": k.sum(),
        f"kk_{name}": (k * k).sum(),
        f"kn_{name}": (k * n).sum(),
        f"nn_{name}": (n * n).sum(),
    }


def _of_citizens(threads: pl.DataFrame) -> pl.DataFrame:
    return (
        threads.filter(pl.col("asked") & pl.col("person").is_not_null())
        .group_by("page", "person")
        .agg(pl.col("judged", "answered").any())
        .group_by("page")
        .agg(asked=pl.len(), persons=pl.col("judged").sum(), answered=pl.col("answered").sum())
    )
