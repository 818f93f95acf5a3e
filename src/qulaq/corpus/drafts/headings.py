"""
What headings mean: words of English, Russian and Kazakh tables for the columns of the canonical ones.

A `*` stands for the endings of a word, `=` forbids even an s; phrases are separated by commas. Headings in
Qulaq's own words are taken from the schema.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from qulaq.corpus.schema import RECORDS
from qulaq.lang import LANGUAGES

_WORDS: dict[str, str] = {
    "published_at": "created, published, date, time, datetime, timestamp, date unixtime, unixtime, unix, posted, when, дата, время, опубликован*, создан*, размещен*, уақыт*, күні, жарияланған, жазылған",
    "captured": "captured, scraped, retrieved, fetched, collected, crawled, exported, captured time, scraped date, дата выгрузки, время снимка, дата сбора, выгружен*, собран*, снимок, алынған, жиналған, алынған уақыт*, алынған күні",
    "id": "id, ids, pk, uuid, gid, номер, no, нөмір*, ид",
    "post_id": "post id, post=, status id, media id, tweet id, video id, message id, shortcode, post no, post number, пост id, номер поста, номер пост*, публикаци* id, запис* id, номер запис*, пост, жарияланым id, жарияланым",
    "comment_id": "comment id, comment no, comment number, comment pk, комментари* id, номер комментари*, ид комментари*, пікір id, пікір* нөмір*, пікір* номер",
    "parent_id": "parent, parent id, reply to, reply to id, in reply to, in reply to id, replied to, parent comment, parent comment id, ответ на, ответ на комментари*, родител*, на какой комментари*, жауап, қай пікірге, қай пікір*",
    "author": "author id, user id, from id, sender id, owner id, commenter id, uid, автор id, ид автор*, id автор*, id пользовател*, номер автор*, автор* нөмір*, автор* id, қолданушы id, пайдаланушы id",
    "author_handle": "username, user name, screen name, handle, login, nickname, nick, author name, author username, from username, sender username, owner username, ник, никнейм, логин, имя пользовател*, имя автор*, автор* аты, қолданушы* аты, пайдаланушы* аты, лақап аты",
    "person": "author, user, from, sender, owner, commenter, who, автор*, пользовател*, кто, кім, қолданушы*, пайдаланушы*",
    "person_name": "full name, display name, first name, last name, from name, sender name, profile name, фио, имя, фамилия, имя фамилия, есімі, аты жөні",
    "page": "page, page id, page name, page username, channel, channel id, channel name, channel username, chat id, group, group id, account, account id, community, profile id, from id, sender id, страниц*, канал, сообществ*, групп*, паблик, аккаунт, парақша*, арна*, қоғамдастық*",
    "text": "text, message, caption, content, body, comment, post, description, full text, текст*, сообщени*, содержани*, описани*, подпись, комментари*, пост, мәтін*, мазмұн*, хабарлама*, пікір, сипаттама*",
    "link": "url, link, permalink, permalink url, href, uri, web link, ссылк*, адрес, сілтеме*, мекенжай*",
    "kind": "type, kind, format, тип, вид, түрі, типі",
    "likes": "like, reaction, favourite, favorite, fav, heart, favourites, likes, digg, лайк*, нравится, реакци*, ұнату*, ұнайды, лайк* комментари*, comment like",
    "reaction_like": "reaction like",
    "reaction_love": "love, reaction love, супер",
    "reaction_care": "care, reaction care",
    "reaction_haha": "haha, reaction haha, ха ха",
    "reaction_wow": "wow, reaction wow",
    "reaction_sad": "sad, reaction sad",
    "reaction_angry": "angry, angrys, reaction angry",
    "comments": "comment, reply, replies, комментари*, коммент*, комменты, ответ*, пікір*, жауап*",
    "shares": "share, repost, retweet, reblog, forward, forwards, репост*, поделил*, пересыл*, бөліс*",
    "views": "view, play, viewed, просмотр*, қаралым*, көрілім*, қарал*",
    "followers": "follower, subscriber, fan, member, подписчик*, участник*, жазылушы*, оқырман*",
    "followers_then": "followers at posting, followers then",
    "posts_total": "posts, posts count, media count, statuses count, posts total, публикаци*, посты, жарияланым*, постов",
    "page_likes": "page like, лайк* страниц*, парақша* лайк*",
    "comments_open": "comments open, comments enabled, can comment, комментарии открыты, пікір қалдыру ашық",
    "by_page_source": "by page, is page, from page, is owner, by owner, is official, ответ страниц*, от страниц*, парақша* жауаб*",
}  # fmt: skip
_FILLERS = frozenset(
    (
        "at", "on", "of", "the", "a", "an", "in", "to", "by", "utc", "gmt", "local", "iso", "str",
        "count", "counts", "number", "num", "n", "nb", "total", "sum", "qty", "all",
        "кол", "во", "количество", "число", "всего", "штук", "номер", "в", "и", "о", "за",
        "сан", "саны", "бойынша",
    )
)  # fmt: skip
# What a table is about is no more than said again in its headings: post_text, комментарий: дата.
_POST_WORDS = (
    "post", "status", "media", "tweet", "message", "video", "photo", "item", "entry", "content",
    "fb", "ig", "tg", "facebook", "instagram", "telegram",
    "пост*", "публикаци*", "запис*", "сообщени*", "жарияланым*", "жазба*",
)  # fmt: skip
_CONTEXT: dict[str, tuple[str, ...]] = {
    "posts": _POST_WORDS,
    "comments": ("comment", "reply", "replies", "комментари*", "коммент", "ответ*", "пікір*"),
    "page_counts": ("page", "channel", "account", "страниц*", "канал*", "парақша*", "арна*"),
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """
    What a heading may mean: as how long a phrase it was understood, and the words left over.
    """

    column: str
    length: int
    left: tuple[str, ...] = ()

    @property
    def sure(self) -> bool:
        return not self.left


@cache
def meanings(heading: str, table: str) -> tuple[Meaning, ...]:
    """
    All that a heading of that table may mean, in no order.
    """
    words = _split(heading)
    return tuple(
        Meaning(column, length, tuple(_left(words, (*vocabulary, *_CONTEXT[table]))))
        for column, (phrases, vocabulary) in _meant(table).items()
        if (length := max((len(one) for one in phrases if _holds(words, one)), default=0))
    )


@cache
def _meant(table: str) -> dict[str, tuple[tuple[tuple[str, ...], ...], frozenset[str]]]:
    """
    By column: the phrases that mean it, and every word in them.
    """
    meant = {}
    for column in dict.fromkeys((*_WORDS, *(one.name for one in RECORDS[table].content))):
        phrases = (*_listed(_WORDS.get(column, "")), *_own(table, column))
        meant[column] = (phrases, frozenset(word for one in phrases for word in one))
    return meant


def _listed(phrases: str) -> Iterable[tuple[str, ...]]:
    return (tuple(one.split()) for one in phrases.split(", ") if one)


def _own(table: str, column: str) -> Iterable[tuple[str, ...]]:
    """
    Qulaq's own headings of a column.
    """
    one = next((found for found in RECORDS[table].content if found.name == column), None)
    if one is None:
        return ()
    names = [one.title.to(language) for language in LANGUAGES]
    if one.name != "author":  # which may be an id or a handle
        names.append(one.name)
    return (_split(name) for name in names)


def _split(heading: str) -> tuple[str, ...]:
    """
    The words of a heading: "createdAt", "created_at" and "user.created at" fall apart alike.
    """
    apart = re.sub(r"(?<=[a-zа-яё0-9])(?=[A-ZА-ЯЁ])", " ", heading.replace("№", " номер "))
    return tuple(re.findall(r"[^\W_]+", apart.casefold().replace("ё", "е")))


def _holds(words: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    return all(any(_same(word, wanted) for word in words) for wanted in phrase)


def _left(words: tuple[str, ...], known: Iterable[str]) -> Iterable[str]:
    return [
        word
        for word in words
        if word not in _FILLERS and not any(_same(word, wanted) for wanted in known)
    ]


def _same(word: str, wanted: str) -> bool:
    if wanted.endswith("*"):
        return word.startswith(wanted[:-1])
    if wanted.endswith("="):
        return word == wanted[:-1]
    return word in {wanted, f"{wanted}s"}
