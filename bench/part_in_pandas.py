"""The sums of the part in pandas, vectorised throughout, texts in Arrow's memory."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from bench.measuring_by_hand import Task
from bench.part import HOURS, MixedSources, Sums

_NEWEST = ["seen", "taken_in", "row"]
_KINDS = ("likes", "comments", "shares")
_HOUR = pd.Timedelta(hours=1)
_MICROSECOND = pd.Timedelta(microseconds=1)
Frame = pd.DataFrame


def add_up(task: Task) -> Sums:
    pages = pd.read_parquet(task.study_pages)
    captures = _captures(task, pages)
    looked = _looked(task, pages, captures)
    posts = _inside(_posts(task, captures), task)
    comments = _comments(task, captures)
    threads = _inside(_threads(comments, captures), task)
    answered = threads[threads["answered"]].sort_values("reply_hours")
    found = {
        "looked": looked,
        "of_posts": _of_posts(posts),
        "of_days": _of_days(posts, looked),
        "of_comments": _of_comments(_inside(comments, task)),
        "of_threads": _of_threads(threads),
        "of_citizens": _of_citizens(threads),
        "of_waits": Frame({"answered_hours": _lists(answered, "reply_hours")}),
    }
    return {name: _aligned(table, pages) for name, table in found.items()}


def _aligned(table: Frame, pages: Frame) -> dict[str, Any]:
    """
    The columns page by page; what there is none of is not a number.
    """
    rows = table.reindex(pages["page"])
    return {str(name): _numbers(column) for name, column in rows.items()}


def _numbers(column: pd.Series) -> Any:  # noqa: ANN401
    if column.dtype == object:
        return column.where(column.notna(), None).to_numpy()
    if column.dtype.kind == "M":
        return None
    return column.to_numpy(dtype=np.float64, na_value=np.nan)


def _lists(rows: Frame, column: str) -> pd.Series:
    """
    The values of each page, in the order of the rows.
    """
    return pd.Series(
        {page: one.to_numpy() for page, one in rows.groupby("page")[column]}, dtype=object
    )


def _inside(rows: Frame, task: Task) -> Frame:
    return rows[rows["day"].between(_day(task.first), _day(task.last))]


def _day(day: date) -> pd.Timestamp:
    return pd.Timestamp(day)


# ── what is stored ───────────────────────────────────────────────────────────────────────────────


def _stored(task: Task, table: str, columns: list[str]) -> Frame:
    """
    The batches of a table, each row with the batch and the row by which it was taken in.
    """
    batches = []
    for file in sorted((task.corpus / table).glob("*.parquet")):
        batch = pd.read_parquet(file, columns=columns, dtype_backend="pyarrow")
        batches.append(batch.assign(taken_in=int(file.stem), row=np.arange(len(batch))))
    return _with_moments(pd.concat(batches, ignore_index=True))


def _with_moments(rows: Frame) -> Frame:
    """
    Moments in NumPy's memory, where pandas reckons faster.
    """
    moments = [name for name in rows if rows[name].dtype.kind == "M"]
    return rows.assign(**{name: rows[name].astype("datetime64[us, UTC]") for name in moments})


def _local_day(rows: Frame, moment: str) -> pd.Series:
    days = [
        of_zone.dt.tz_convert(zone).dt.tz_localize(None).dt.normalize()
        for zone, of_zone in rows.groupby("zone", observed=True)[moment]
    ]
    return pd.concat(days).reindex(rows.index) if days else rows[moment].dt.tz_localize(None)


def _captures(task: Task, pages: Frame) -> Frame:
    columns = [
        "page_id", "capture_id", "looked_at", "post_id", "captured_at", "captured_lower", "covers_from",
        "covers_until", "complete", "knows_authors", "knows_parents",
    ]  # fmt: skip
    found = _stored(task, "captures", columns).merge(pages, on="page_id")
    found["seen"] = found["captured_at"].fillna(found["captured_lower"])
    if not found.loc[found["looked_at"] == "comments", "knows_parents"].all():
        raise MixedSources
    return found


def _looked(task: Task, pages: Frame, captures: Frame) -> Frame:
    """
    Which days of a page were looked at; a capture at midnight has seen nothing of the day that begins.
    """
    before = captures["captured_at"].notna() * _MICROSECOND
    ends = captures.assign(end=captures["covers_until"] - before)
    ends["day"] = _local_day(ends, "end")
    until = ends.groupby(["looked_at", "page"])["day"].max()
    found = Frame(index=pages["page"])
    opened = pd.to_datetime(pages.set_index("page")["opened"])
    found["first"] = opened.clip(lower=_day(task.first)).fillna(_day(task.first))
    found["last"] = until.get("posts", until).reindex(found.index).clip(upper=_day(task.last))
    found["days"] = ((found["last"] - found["first"]).dt.days + 1).clip(lower=0).fillna(0)
    heard = until.get("comments", until).reindex(found.index)
    found["comments_observed"] = (heard >= _day(task.first)).where(heard.notna()).astype(float)
    return found


def _newest(rows: Frame, key: list[str]) -> Frame:
    """
    The newest state of each record: few were stored twice, and only these are put in order.
    """
    twice = rows.duplicated(key, keep=False)
    if not twice.any():
        return rows
    newest = rows[twice].sort_values(_NEWEST).drop_duplicates(key, keep="last")
    return pd.concat([rows[~twice], newest], ignore_index=True)


def _posts(task: Task, captures: Frame) -> Frame:
    columns = ["page_id", "capture_id", "post_id", "published_at", *_KINDS, "comments_open"]
    told = captures[["page", "page_id", "zone", "capture_id", "seen"]]
    rows = _stored(task, "posts", columns).merge(told, on=["page_id", "capture_id"])
    rows["day"] = _local_day(rows, "published_at")
    return _newest(rows, ["page", "post_id"])


def _comments(task: Task, captures: Frame) -> Frame:
    columns = [
        "page_id", "capture_id", "post_id", "comment_id", "parent_id", "thread_id", "author", "author_handle",
        "by_page_source", "published_at",
    ]  # fmt: skip
    told = captures[["page", "page_id", "zone", "capture_id", "seen", "knows_authors"]]
    rows = _stored(task, "comments", columns).merge(told, on=["page_id", "capture_id"])
    rows["root"] = rows["thread_id"].where(rows["parent_id"].notna())
    rows["cluster"] = rows["post_id"].fillna(rows["thread_id"])
    rows["person"] = rows["author_handle"].fillna(rows["author"])
    rows["day"] = _local_day(rows, "published_at")
    rows["by_page"] = _by_page(rows, task)
    gone = ["page_id", "capture_id", "parent_id", "thread_id", "author", "author_handle", "zone"]
    return _newest(
        rows.drop(columns=[*gone, "by_page_source", "knows_authors"]), ["page", "comment_id"]
    )


def _by_page(rows: Frame, task: Task) -> pd.Series:
    """
    Whether the body speaks, as 1, 0 or not a number: known by its hashes, else as the source says, else by
    having an author at all.
    """
    speakers = pd.read_parquet(task.speakers, dtype_backend="pyarrow")
    speaks = np.zeros(len(rows), dtype=bool)
    for column in ("author", "author_handle"):
        # Who speaks for some page may be a citizen on another's.
        some = rows.loc[rows[column].isin(speakers["person"]), ["page", column]].reset_index()
        pairs = some.merge(speakers, left_on=["page", column], right_on=["page", "person"])
        speaks[rows.index.get_indexer(pairs["index"])] = True
    told = rows["by_page_source"].astype("float64")
    named = rows["author"].notna() | rows["author_handle"].notna()
    named |= (rows["knows_authors"] == "page").fillna(value=False)
    known = told.fillna(pd.Series(np.where(named, 0.0, np.nan), index=rows.index))
    return known.mask(speaks, 1.0)


# ── conversations ────────────────────────────────────────────────────────────────────────────────


def _threads(comments: Frame, captures: Frame) -> Frame:
    """
    The comments at top level, with what was answered to them.
    """
    replies = comments["root"].notna()
    top = comments[~replies].drop(columns="root").reset_index(drop=True)
    roots = top[["page", "comment_id", "by_page", "person", "published_at"]]
    roots = roots.set_axis(["page", "root", "root_by_page", "root_person", "root_at"], axis=1)
    roots["thread"] = roots.index
    columns = ["page", "root", "comment_id", "person", "by_page", "published_at", "seen"]
    below = comments.loc[replies, columns].merge(roots, on=["page", "root"])
    seen = below.groupby("thread")["seen"].max().rename("replies_seen")
    later = below[below["published_at"] > below["root_at"]]
    threads = top.join(seen).join(_replies(later))
    threads["passed"] = _turns(later, threads["replied"])
    counted = ["replied", "unknown_replies", "nameless"]
    threads[counted] = threads[counted].fillna(0)
    return _judged(threads, _seen_until(threads, captures))


def _replies(later: Frame) -> Frame:
    by_page = later["by_page"] == 1
    nobody = later["person"].isna() | later["root_person"].isna()
    told = Frame(
        {
            "thread": later["thread"],
            "replied": by_page,
            "unknown_replies": later["by_page"].isna(),
            "nameless": (later["by_page"] == 0) & nobody,
        }
    )
    found = told.groupby("thread").sum()
    found["first_reply_at"] = later[by_page].groupby("thread")["published_at"].min()
    return found


def _turns(later: Frame, replied: pd.Series) -> pd.Series:
    """
    How often the word passed between the citizen, who begins, and the body.
    """
    same = (later["person"] == later["root_person"]).fillna(value=False).astype(bool)
    of_two = (later["by_page"] == 1) | (same & (later["by_page"] == 0))
    answered = later["thread"].isin(replied.index[replied > 0])
    said = later[of_two & answered & (later["root_by_page"] == 0)]
    said = said.sort_values(["thread", "published_at", "comment_id"])
    before = said.groupby("thread")["by_page"].shift(fill_value=0.0)
    return (said["by_page"] != before).groupby(said["thread"]).sum()


def _seen_until(threads: Frame, captures: Frame) -> pd.Series:
    """
    Until when anybody looked: the captures of the comment, of its replies, of its post, of all its page.
    """
    looked = captures[captures["looked_at"] == "comments"]
    of_post = looked.dropna(subset="post_id").groupby(["page", "post_id"])["seen"].max()
    post_seen = threads[["page", "post_id"]].join(of_post, on=["page", "post_id"])["seen"]
    whole = looked["post_id"].isna() & (looked["complete"] == True)  # noqa: E712  # or unknown
    of_page = looked[whole].dropna(subset="covers_from").sort_values("covers_from")
    of_page = of_page[["page", "covers_from"]].assign(
        page_seen=of_page.groupby("page")["seen"].cummax()
    )
    rows = threads[["page", "published_at"]].reset_index().sort_values("published_at")
    page_seen = pd.merge_asof(
        rows, of_page, left_on="published_at", right_on="covers_from", by="page"
    ).set_index("index")["page_seen"]
    seen = [threads["seen"], threads["replies_seen"], post_seen, page_seen.reindex(threads.index)]
    return _latest(seen)


def _latest(moments: list[pd.Series]) -> pd.Series:
    latest, *others = moments
    for one in others:
        latest = latest.where((latest >= one) | one.isna(), one)
    return latest


def _judged(threads: Frame, seen_until: pd.Series) -> Frame:
    asked, nobody = threads["by_page"] == 0, threads["by_page"].isna()
    replied, unknown = threads["first_reply_at"].notna(), threads["unknown_replies"] > 0
    changes = threads["passed"].where(threads["nameless"] == 0).where(replied, 0)
    return threads[["page", "cluster", "person", "day"]].assign(
        of_post=threads["post_id"].notna().astype(bool),
        asked=asked,
        nobody=nobody,
        answered=asked & replied,
        judged=asked & (replied | ~unknown),
        unknown=nobody | (asked & ~replied & unknown),
        changes=changes.where(~unknown).astype("float64"),
        reply_hours=(threads["first_reply_at"] - threads["published_at"]) / _HOUR,
        followed_hours=((seen_until - threads["published_at"]) / _HOUR).clip(lower=0),
    )


# ── sums ─────────────────────────────────────────────────────────────────────────────────────────


def _of_posts(posts: Frame) -> Frame:
    counts = posts[["page"]].copy()
    for kind in _KINDS:
        values = posts[kind].astype("float64")
        counts[f"{kind}_n"], counts[f"{kind}_sum"] = values.notna(), values
        counts[f"{kind}_squares"] = values**2
    is_open = posts["comments_open"].astype("float64")
    counts["posts"], counts["likes_some"] = 1, posts["likes"].astype("float64") > 0
    counts["open_n"], counts["closed"] = is_open.notna(), is_open == 0
    found = counts.groupby("page").sum()
    liked = posts[["page"]].assign(likes=posts["likes"].astype("float64")).dropna()
    found["likes_max"] = liked.groupby("page")["likes"].max()
    found["likes_values"] = _lists(liked.sort_values("likes"), "likes")
    return found


def _of_days(posts: Frame, looked: Frame) -> Frame:
    days = posts.groupby(["page", "day"]).size().rename("n").reset_index()
    days = days.join(looked[["first", "last"]], on="page")
    days = days[days["day"].between(days["first"], days["last"])]
    days["squares"] = days["n"] ** 2
    return days.groupby("page").agg(
        active_days=("n", "size"),
        observed=("n", "sum"),
        observed_squares=("squares", "sum"),
        least=("n", "min"),
        most=("n", "max"),
    )


def _of_comments(comments: Frame) -> Frame:
    by_page = comments["by_page"]
    told = comments[["page", "cluster"]].assign(
        page_n=by_page == 1, citizens_n=by_page == 0, unknown_n=by_page.isna()
    )
    posts = told.groupby(["page", "cluster"]).sum()
    page, citizens = posts["page_n"], posts["citizens_n"]
    posts["known"] = page + citizens
    posts["comments"], posts["m"] = posts["known"] + posts["unknown_n"], posts["known"] > 0
    posts["page_squares"], posts["citizens_squares"] = page**2, citizens**2
    posts["page_times_citizens"] = page * citizens
    return posts.groupby("page").sum()


def _of_threads(threads: Frame) -> Frame:
    judged, answered, changes = threads["judged"], threads["answered"], threads["changes"]
    followed, keyless = judged & changes.notna(), threads["person"].isna().astype(bool)
    shares = {"all": (judged, answered)}
    for hours in HOURS:
        old = threads["followed_hours"] >= hours
        shares[f"{hours}h"] = (judged & old, answered & old & (threads["reply_hours"] <= hours))
    shares["followed"] = (followed & answered, followed & (changes >= 3))  # noqa: PLR2004
    shares["turns"] = (followed, changes.where(followed, 0))
    counts = threads[["page", "cluster", "of_post", "asked", "nobody", "unknown"]].assign(
        keyless=threads["asked"] & keyless, n_keyless=judged & keyless
    )
    for name, (n, k) in shares.items():
        counts[f"n_{name}"], counts[f"k_{name}"] = n, k
    clusters = counts.groupby(["page", "cluster"]).sum()
    for name in shares:
        n, k = clusters[f"n_{name}"], clusters[f"k_{name}"]
        clusters[f"m_{name}"] = n > 0
        clusters[f"kk_{name}"], clusters[f"kn_{name}"], clusters[f"nn_{name}"] = k**2, k * n, n**2
    asked = (clusters["of_post"] > 0) & (clusters["n_all"] > 0)
    clusters["posts_asked"], clusters["posts_answered"] = asked, asked & (clusters["k_all"] > 0)
    return clusters.groupby("page").sum()


def _of_citizens(threads: Frame) -> Frame:
    told = threads.loc[threads["asked"] & threads["person"].notna()]
    persons = told.groupby(["page", "person"])[["judged", "answered"]].any()
    found = persons.groupby("page").sum()
    found["asked"] = persons.groupby("page").size()
    return found.rename(columns={"judged": "persons"})
