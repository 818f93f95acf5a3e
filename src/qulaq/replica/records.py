"""The records of one page: posts, the comments under them, the counts of the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from random import Random

from qulaq.replica.counts import Shape, deal, make_counts
from qulaq.replica.drafts import MINUTES_OFF, Draft
from qulaq.replica.figures import PageFigures
from qulaq.replica.setting import PageSetting
from qulaq.replica.wording import draw_group, write_comment

CAPTURED_AT = "2023-07-01T00:00:00+00:00"
# "Most posts raise neither interest nor discussion": the share without a comment is our choice.
UNCOMMENTED, UNLIKED = 0.56, 0.03
TOP = 1000.0
OTHER_LANGUAGE = {"kk": "ru", "ru": "kk"}
OTHER_LANGUAGE_SHARE = 0.25
MEDIAN_DELAY_LOG, DELAY_SPREAD = 5.0, 1.4  # of minutes: half within two and a half hours
LONGEST_DELAY = 9 * 24 * 60.0
MORNING = 7
AUTHORS_A_PAGE = 10_000
MOST_BY_AUTHOR = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    page_id: str
    post_id: str
    published_at: datetime
    kind: str
    text: str
    link: str
    likes: int
    comments: int
    shares: int | None
    captured_at: str = CAPTURED_AT


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    page_id: str
    post_id: str
    comment_id: str
    parent_id: str
    author: str
    published_at: datetime
    text: str
    likes: int
    captured_at: str = CAPTURED_AT


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCount:
    page_id: str
    captured_at: str
    followers: int
    page_likes: int | None
    posts_total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRecords:
    page: str
    posts: tuple[Post, ...]
    comments: tuple[Comment, ...]
    counts: tuple[PageCount, ...]
    about: Mapping[str, str]
    """What each post and comment is about, by its id: the kind or the group that its text was drawn from."""


def make_records(
    figures: PageFigures, *, setting: PageSetting, drafts: Sequence[Draft], place: int
) -> PageRecords:
    """
    Publish the drafts on one page and let residents comment.

    `place` is the place of the page in the study: it keeps the authors of pages apart.
    """
    rng = Random(f"replica page {figures.page}")  # noqa: S311 - a seeded shape, no secret
    posts = make_posts(rng, drafts, figures=figures, setting=setting)
    n_comments = sum(post.comments for post in posts)
    authors = iter(list_authors(rng, n=n_comments, first=place * AUTHORS_A_PAGE))
    commented = [
        told
        for post, draft in zip(posts, drafts, strict=True)
        for told in make_comments(rng, post, draft=draft, body=setting.body, authors=authors)
    ]
    about = {post.post_id: draft.kind.name for post, draft in zip(posts, drafts, strict=True)}
    about |= {comment.comment_id: group for comment, group in commented}
    comments = tuple(comment for comment, _ in commented)
    counts = tuple(make_page_counts(figures))
    return PageRecords(
        page=figures.page, posts=posts, comments=comments, counts=counts, about=about
    )


def make_posts(
    rng: Random, drafts: Sequence[Draft], *, figures: PageFigures, setting: PageSetting
) -> tuple[Post, ...]:
    likes = deal(make_likes(rng, figures), scores=score(rng, drafts, most="likes"))
    comments = deal(make_comment_counts(rng, figures), scores=score(rng, drafts, most="comments"))
    return tuple(
        publish(rng, draft, setting=setting, n=n, likes=liked, comments=commented)
        for n, (draft, liked, commented) in enumerate(zip(drafts, likes, comments, strict=True), 1)
    )


def make_likes(rng: Random, figures: PageFigures) -> tuple[int, ...]:
    shape = Shape(
        n=figures.posts,
        total=figures.likes_mean * figures.posts,
        most=figures.likes_most,
        idle=UNLIKED,
    )
    return make_counts(rng, shape)


def make_comment_counts(rng: Random, figures: PageFigures) -> tuple[int, ...]:
    """Choose a total well inside the range in which the paper prints the mean."""
    low, high = figures.comments_mean_low, figures.comments_mean_high
    shape = Shape(
        n=figures.posts,
        total=round(rng.uniform(low + 0.25, high - 0.25) * figures.posts),
        most=figures.comments_most,
        idle=UNCOMMENTED,
    )
    return make_counts(rng, shape)


def score(rng: Random, drafts: Sequence[Draft], *, most: str) -> list[float]:
    """Rank drafts on this page by their draw and by chance, a highlight above all."""
    return [draft.draw + rng.gauss(0, 0.6) + TOP * (draft.most == most) for draft in drafts]


def publish(
    rng: Random, draft: Draft, *, setting: PageSetting, n: int, likes: int, comments: int
) -> Post:
    post_id = f"{shorten(setting)}-{n:04}"
    return Post(
        page_id=setting.page,
        post_id=post_id,
        published_at=draft.moment + timedelta(seconds=rng.randrange(MINUTES_OFF * 60)),
        kind=draft.media,
        text=draft.text,
        link=f"https://replica.invalid/{setting.page}/{post_id}",
        likes=likes,
        comments=comments,
        shares=draw_shares(rng, likes=likes) if setting.platform == "facebook" else None,
    )


def shorten(setting: PageSetting) -> str:
    """
    Take the first letters of a page id.

    West Kazakhstan on Facebook is `wkf`, Turkistan on Instagram `ti`.
    """
    return "".join(word[0] for word in setting.page.split("-"))


def draw_shares(rng: Random, *, likes: int) -> int:
    return int(likes * rng.uniform(0, 0.1))


def make_comments(
    rng: Random, post: Post, *, draft: Draft, body: str, authors: Iterator[str]
) -> Iterator[tuple[Comment, str]]:
    """Write the comments under a post, each with the group that its text comes from."""
    moments = sorted(draw_moment(rng, after=post.published_at) for _ in range(post.comments))
    signed = zip(moments, islice(authors, post.comments), strict=True)
    for n, (moment, author) in enumerate(signed, 1):
        group, text = answer(rng, draft, body=body)
        comment = Comment(
            page_id=post.page_id,
            post_id=post.post_id,
            comment_id=f"{post.post_id}-{n:02}",
            parent_id="",
            author=author,
            published_at=moment,
            text=text,
            likes=int(rng.expovariate(0.9)),
        )
        yield comment, group


def draw_moment(rng: Random, *, after: datetime) -> datetime:
    """Draw when a resident writes: soon or within days, and not in the small hours."""
    minutes = min(LONGEST_DELAY, 1 + rng.lognormvariate(MEDIAN_DELAY_LOG, DELAY_SPREAD))
    moment = after + timedelta(seconds=int(minutes * 60))
    return moment + timedelta(hours=MORNING) if moment.hour < MORNING else moment


def answer(rng: Random, draft: Draft, *, body: str) -> tuple[str, str]:
    """Write as a resident would, mostly in the language of the post."""
    is_other = rng.random() < OTHER_LANGUAGE_SHARE
    language = OTHER_LANGUAGE[draft.language] if is_other else draft.language
    group = draw_group(rng, mood=draft.kind.mood, month=draft.moment.month)
    return group, write_comment(rng, group=group, body=body, language=language)


def list_authors(rng: Random, *, n: int, first: int) -> list[str]:
    """List the authors of `n` comments in no order: many write once, a few up to nine times."""
    authors: list[str] = []
    number = first
    while len(authors) < n:
        number += 1
        times = min(MOST_BY_AUTHOR, 1 + int(rng.expovariate(0.8)))
        authors += [f"r-{number:05}"] * times
    rng.shuffle(authors)
    return authors[:n]


def make_page_counts(figures: PageFigures) -> Iterator[PageCount]:
    """Make the counts of the page, where the paper prints them."""
    if figures.followers is None or figures.posts_all_time is None:
        return
    yield PageCount(
        page_id=figures.page,
        captured_at=CAPTURED_AT,
        followers=figures.followers,
        page_likes=None,
        posts_total=figures.posts_all_time,
    )
