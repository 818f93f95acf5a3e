"""A study of more pages than anybody reads one by one."""

from __future__ import annotations

from datetime import UTC, datetime

from qulaq.corpus.intake import Order, take_in
from qulaq.study import open_study

PAGES = 120
_STUDY = """\
id = "crowd"
title = "Crowd"
window = { from = 2023-01-01, to = 2023-03-31 }
"""
_PAGE = """
[[bodies]]
id = "body-{n}"
name = "Body {n}"

[[pages]]
id = "page-{n}"
body = "body-{n}"
platform = "facebook"
ids = ["{n}"]
"""


def make_crowd(folder):
    """
    Page n got n % 7 comments, every other answered; the last three were never captured.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pages = "".join(_PAGE.format(n=n) for n in range(PAGES))
    (folder / "study.toml").write_text(_STUDY + pages, encoding="utf-8")
    posts = ["page_id,post_id,published_at,likes,comments"]
    comments = ["page_id,post_id,comment_id,parent_id,author,published_at,text"]
    for n in range(PAGES - 3):
        posts.append(f"page-{n},p{n},2023-01-10 10:00,{n},{n % 7}")
        for i in range(n % 7):
            comments.append(f"page-{n},p{n},c{n}-{i},,9{i},2023-01-11 1{i}:00,Су қашан келеді?")
            if i % 2:
                comments.append(
                    f"page-{n},p{n},r{n}-{i},c{n}-{i},{n},2023-01-12 1{i}:00,Ертең беріледі"
                )
    for name, lines in (("posts", posts), ("comments", comments)):
        file = folder / f"{name}.csv"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        order = Order(knows=("authors",), captured=datetime(2023, 4, 1, tzinfo=UTC))
        take_in(open_study(folder), file, order, now=datetime(2023, 5, 1, tzinfo=UTC))
    return folder
