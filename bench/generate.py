"""
Corpora of any size, the same for the same seed: pages that answer, posts, comments in threads, counts.

Made by DuckDB out of hashes of row numbers, so that a gigabyte takes seconds and needs no memory. The
headings are those of `qulaq corpus template`; texts are Kazakh and Russian and as long as real ones.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

SEED = 20231101

# Words, not sentences: repeated sentences would compress as no real texts do.
_KAZAKH = """
су жол мектеп әкім аудан тұрғындар өтініш жұмыс құрылыс қала ауыл бала көмек жиналыс басқарма жоспар бюджет мердігер
жөндеу көше үй аула алаң орталық облыс бөлім маман дәрігер емхана аурухана балабақша кезек құжат орын уақыт бүгін ертең
кеше қазір биыл былтыр жыл ай апта күн сағат таңертең кешке жаңа ескі үлкен кіші жақсы нашар таза суық жылы ашық жабық
басталды аяқталды өтті болды болады келді берілді қабылданды ашылды жабылды қаралды айтылды сұрады жауап рақмет құрметті
азаматтар ардагер жастар кәсіпкер шаруа мұғалім оқушы ата-ана әлеуметтік мемлекеттік қоғамдық мәдени спорт мереке шара
акция көрме жәрмеңке байқау грант қолдау төлем жәрдемақы зейнетақы жалақы баға тариф жарық газ «көгілдір-отын» жылу құбыр
желі қоқыс көшет саябақ өзен тасқын бөгет көпір автобус бағыт аялдама көлік
""".split()  # noqa: SIM905  # a paragraph of words reads better than a list
_RUSSIAN = """
вода дорога школа аким район жители обращение работа строительство город село ребёнок помощь совещание управление план
бюджет подрядчик ремонт улица дом двор площадь центр область отдел специалист врач поликлиника больница детсад очередь
документ место время сегодня завтра вчера сейчас ежегодно прошлый год месяц неделя день час утром вечером новый старый
большой малый хороший плохой чистый холодный тёплый открыт закрыт начался завершён прошёл будет был приехал выдан принят
построен рассмотрен сказал спросил ответ спасибо уважаемые граждане ветераны молодёжь предприниматель фермер учитель
ученик родители социальный государственный общественный культурный спорт праздник мероприятие акция выставка ярмарка
конкурс грант поддержка выплата пособие пенсия зарплата цена тариф свет газ тепло труба сеть мусор саженец парк река
паводок дамба мост автобус маршрут остановка транспорт
""".split()  # noqa: SIM905


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """
    How large a corpus is, and the seed of which it is made.
    """

    pages: int
    posts: int
    comments: int
    seed: int = SEED


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """
    A made corpus: the folder of its study and the exports to import into it.
    """

    study: Path
    posts: Path
    comments: Path
    counts: Path

    @property
    def exports(self) -> tuple[Path, Path, Path]:
        return self.posts, self.comments, self.counts


def make(folder: Path, size: Size) -> Made:
    """
    Write a study and its three exports; two years, one to three in ten comments answered by the page.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = Made(
        study=folder / "study",
        posts=folder / "posts.csv",
        comments=folder / "comments.csv",
        counts=folder / "counts.csv",
    )
    write_study(made.study, size)
    with _connect() as connection:
        for file, query in (
            (made.posts, _posts(size)),
            (made.comments, _comments(size)),
            (made.counts, _counts(size)),
        ):
            connection.execute(f"COPY ({query}) TO '{file}' (FORMAT csv, HEADER)")
    return made


def make_answers(folder: Path, size: Size) -> tuple[Path, Path]:
    """
    Write a study and the answers of the Graph API about its pages on Facebook, which are every other one: a line
    of JSON is a post with the comments below it. Gives the study's folder and the file.
    """
    study, file = folder / "study", folder / "posts.ndjson"
    write_study(study, size)
    with _connect() as connection:
        connection.execute(f"COPY ({_answers(size)}) TO '{file}' (FORMAT json)")
    return study, file


def _connect() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("SET VARIABLE kazakh = ?", [_KAZAKH])
    connection.execute("SET VARIABLE russian = ?", [_RUSSIAN])
    return connection


def write_study(folder: Path, size: Size) -> None:
    """
    A study of that many pages, one body each, with an empty corpus.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pages = "".join(
        _PAGE.format(
            n=n,
            zone=_ZONES[n % len(_ZONES)],
            platform="instagram" if n % 2 else "facebook",
        )
        for n in range(size.pages)
    )
    (folder / "study.toml").write_text(_STUDY + pages, encoding="utf-8")


# Every other page is on Instagram, which shows handles where Facebook shows ids to a page's owner.
_INSTAGRAM = "page % 2 = 1"
_ZONES = ("Asia/Almaty", "Asia/Almaty", "Asia/Almaty", "Asia/Oral")
_STUDY = """\
id = "bench"
title = { kk = "Өлшеу", ru = "Замер", en = "Bench" }
time_zone = "Asia/Almaty"
window = { from = 2022-01-01, to = 2023-12-31 }
"""
_PAGE = """
[[bodies]]
id = "body-{n}"
name = "Body {n}"
time_zone = "{zone}"

[[pages]]
id = "page-{n}"
body = "body-{n}"
platform = "{platform}"
handle = "akimat.{n}"
ids = ["{n}"]
"""


# ── Rows as SQL ──────────────────────────────────────────────────────────────────────────────────


def _posts(size: Size) -> str:
    """
    The i-th of a page's posts stands two years times i/n after the start, give or take a day.
    """
    dice = _Dice(size.seed, "i, 'post'")
    each = max(size.posts // size.pages, 1)
    reactions = ", ".join(
        f"{dice.below(limit, kind)} AS reaction_{kind}" for kind, limit in _REACTIONS.items()
    )
    return f"""
        SELECT 'page-' || page AS page_id, page || '_' || nth AS post_id, {_clock("published")} AS published_at,
            {dice.pick(("photo", "photo", "video", "text", "link"), "kind")} AS kind,
            {dice.text(10, 46)} AS text,
            'https://www.facebook.com/akimat.' || page || '/posts/' || nth AS link,
            {dice.sometimes(95, dice.below(900, "likes"), "hidden")} AS likes, {reactions},
            {dice.below(40, "comments")} AS comments, {dice.below(60, "shares")} AS shares,
            {dice.sometimes(30, dice.below(20_000, "views"), "video")} AS views,
            1000 + page * 37 + nth AS followers_then, {dice.pick(("true", "true", "false"), "open")} AS comments_open,
            {_clock(_captured("page"))} AS captured_at
        FROM (SELECT i, page, nth, {_post_moment(size, each)} AS published
            FROM (SELECT i, {_page_of_post(size, each)} AS page, i % {each} AS nth FROM range({size.posts}) t(i)))"""


_REACTIONS = {"like": 700, "love": 90, "care": 20, "haha": 15, "wow": 9, "sad": 30, "angry": 25}


def _comments(size: Size) -> str:
    """
    Eights of comments under one post: six of citizens, then two replies, some of them by the page.
    """
    each = max(size.posts // size.pages, 1)
    eight, root = _Dice(size.seed, "i // 8, 'eight'"), _Dice(size.seed, "root, 'root'")
    dice = _Dice(size.seed, "i, 'comment'")
    answers = f"(place > 5 AND {dice.share('answers')} < 0.3 + 0.6 * {_Dice(size.seed, 'page').share('rate')})"
    page = f"least(i // 8 * {size.pages} // {max(size.comments // 8, 1)}, {size.pages - 1})"
    above = f"CASE WHEN place = 7 AND {dice.share('deep')} < 0.2 THEN i - 1 WHEN place > 5 THEN i - place + {eight.below(6, 'above')} END"
    asked = f"published + to_minutes(CAST(-ln(1 - {root.share('asked')}) * 600 AS INTEGER))"
    late = f"to_minutes(CAST(CASE WHEN place > 5 THEN 1 - ln(1 - {dice.share('late')}) * 400 * (place - 5) ELSE 0 END AS INTEGER))"
    who = dice.below(max(size.comments // 5, 1), "author")
    return f"""
        SELECT 'page-' || page AS page_id, page || '_' || nth AS post_id, 'c' || i AS comment_id,
            'c' || above AS parent_id,
            CASE WHEN NOT {_INSTAGRAM} THEN CASE WHEN by_page THEN CAST(page AS VARCHAR) ELSE CAST(100000 + {who} AS VARCHAR) END END AS author,
            CASE WHEN {_INSTAGRAM} THEN CASE WHEN by_page THEN 'akimat.' || page ELSE 'user.' || {who} END END AS author_handle,
            NULL AS by_page_source, {_clock("written")} AS published_at,
            {dice.sometimes(5, "'@user.' || i % 1000 || ', '", "mention", "''")} || {dice.text(2, 16)} AS text,
            NULL AS link, {dice.sometimes(90, dice.below(25, "likes"), "hidden")} AS likes,
            {_clock(_captured("page"))} AS captured_at
        FROM (SELECT *, {asked} + {late} AS written, {answers} AS by_page
            FROM (SELECT *, {_post_moment(size, each)} AS published, coalesce(above, i) AS root
                FROM (SELECT i, page, i % 8 AS place, {above} AS above, {_popular(eight, each)} AS nth
                    FROM (SELECT i, {page} AS page, i % 8 AS place FROM range({size.comments}) t(i)))))"""


def _counts(size: Size) -> str:
    """
    Followers of each page on the first of each month.
    """
    return f"""
        SELECT 'page-' || page AS page_id, {_clock(f"TIMESTAMP '{_START}' + to_months(CAST(month AS INTEGER))")} AS captured_at,
            1000 + page * 37 + month * 25 AS followers, 900 + page * 37 + month * 20 AS page_likes
        FROM range({size.pages}) p(page), range(24) m(month)"""


def _answers(size: Size) -> str:
    """
    Posts with their comments as the Graph API nests them; moments as it writes them, in UTC.
    """
    moment = "replace({}.published_at, ' ', 'T') || '+0000'"
    return f"""
        SELECT split_part(p.page_id, '-', 2) || '_' || split_part(p.post_id, '_', 2) AS id,
            {moment.format("p")} AS created_time, 'added_photos' AS status_type, p.text AS message,
            p.link AS permalink_url, {{'count': p.shares}} AS shares,
            {{'summary': {{'total_count': p.likes}}}} AS reactions,
            {{'data': below, 'summary': {{'total_count': len(below), 'can_comment': true}}}} AS comments
        FROM ({_posts(size)}) p JOIN (
            SELECT c.post_id, list({{
                'id': split_part(c.post_id, '_', 2) || '_' || substr(comment_id, 2), 'created_time': {moment.format("c")},
                'from': {{'id': author, 'name': 'Name ' || author}}, 'message': c.text, 'like_count': c.likes,
                'parent': CASE WHEN parent_id IS NOT NULL THEN {{'id': split_part(c.post_id, '_', 2) || '_' || substr(parent_id, 2)}} END
            }} ORDER BY comment_id) AS below
            FROM ({_comments(size)}) c WHERE author IS NOT NULL GROUP BY c.post_id
        ) USING (post_id)"""


_START = "2022-01-01 00:00:00"
_MINUTES = 2 * 365 * 24 * 60


def _post_moment(size: Size, each: int) -> str:
    hour = _Dice(size.seed, "page * 1000003 + nth").below(1440, "hour")
    return f"TIMESTAMP '{_START}' + to_minutes(CAST(nth * {_MINUTES - 1440} // {each} + {hour} AS INTEGER))"


def _page_of_post(size: Size, each: int) -> str:
    return f"least(i // {each}, {size.pages - 1})"


def _popular(dice: _Dice, each: int) -> str:
    """
    Few posts draw most comments: squared chance, then a walk that spreads them over the two years.
    """
    return f"(CAST(floor({each} * pow({dice.share('post')}, 2)) AS BIGINT) * 7919) % {each}"


def _captured(page: str) -> str:
    """
    Pages were looked at in three rounds after the two years.
    """
    return f"TIMESTAMP '2024-01-10 08:00:00' + to_days(CAST({page} % 3 AS INTEGER))"


def _clock(moment: str) -> str:
    return f"strftime({moment}, '%Y-%m-%d %H:%M:%S')"


@dataclass(frozen=True, slots=True)
class _Dice:
    """
    Chance as SQL, decided by the seed, a row's number and a word for what is thrown.
    """

    seed: int
    row: str

    def below(self, limit: int, word: str) -> str:
        return f"CAST(hash({self.row}, '{word}', {self.seed}) % {limit} AS BIGINT)"

    def share(self, word: str) -> str:
        return f"({self.below(1_000_000, word)} / 1000000)"

    def pick(self, choices: Iterable[str], word: str) -> str:
        listed = [one.replace("'", "''") for one in choices]
        texts = ", ".join(f"'{one}'" for one in listed)
        return f"([{texts}])[1 + {self.below(len(listed), word)}]"

    def sometimes(self, percent: int, value: str, word: str, otherwise: str = "NULL") -> str:
        return f"CASE WHEN {self.below(100, word)} < {percent} THEN {value} ELSE {otherwise} END"

    def text(self, fewest: int, most: int) -> str:
        """
        So many words of one of the two languages, with a number, now and then a quotation and a second paragraph.
        """
        words = f"CASE WHEN {self.share('language')} < 0.5 THEN getvariable('kazakh') ELSE getvariable('russian') END"
        row = _Dice(self.seed, f"{self.row}, word")
        place = f"CAST(1 + floor(len(words) * pow({row.share('which')}, 1.5)) AS BIGINT)"
        long = f"{fewest} + {self.below(most - fewest, 'long')}"
        drawn = f"list_transform(range({long}), lambda word: list_transform([{words}], lambda words: words[{place}])[1])"
        number = f"', ' || {self.below(90_000, 'number')}"
        tail = self.sometimes(10, "'.' || chr(10) || '#әкімдік \"Ашық әкімдік\"'", "tag", "''")
        return f"(array_to_string({drawn}, ' ') || {number} || {tail})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--posts", type=int, default=100_000)
    parser.add_argument("--comments", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=SEED)
    told = parser.parse_args()
    size = Size(pages=told.pages, posts=told.posts, comments=told.comments, seed=told.seed)
    print(make(told.folder, size))


if __name__ == "__main__":
    main()
