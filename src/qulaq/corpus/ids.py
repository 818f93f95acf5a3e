"""
Who is who without names: keyed hashes of authors, references to pages, ids as platforms write them.

The same rule exists as SQL, for plain tables, and as Python, for readers; a test holds them together.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from qulaq.engine import among, quote
from qulaq.errors import StoreError
from qulaq.lang import phrase
from qulaq.store import Store, Writer
from qulaq.study import Page

_LENGTH = 32  # hex digits of a key and of a hash: 128 bits
_SITE = r"^(?:https?://)?(?:[\w-]+\.)+[a-z]+/"
_PATH_PART = _SITE + r"(?:(?:pg|channel|c|user|groups|s)/|people/[^/?#]+/|@)?([^/?#]+)"
_ID_IN_QUERY = _SITE + r"\w+\.php\?(?:[^#]*&)?id=(\d+)"
# First parts of addresses that name no page.
_NO_PAGE = (
    "profile.php", "permalink.php", "story.php", "photo.php", "watch", "video", "videos", "photo", "photos",
    "p", "reel", "reels", "tv", "stories", "explore", "share", "events", "hashtag", "posts",
)  # fmt: skip
_BLANKS = " \t\r\n\u00a0"
# On open networks a handle goes on with the server: @aigul@social.kz.
MENTION = r"@([A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?(?:@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,})?)"


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """
    Keyed hashes of author ids and handles; without the study's key nobody can test a guess.

    The hash is half of the SHA-256 over key and name. Half, because whoever has all of it can go on hashing
    without the key; all keys are of one length, so that no key and name read like another key and another
    name. Of most names that is one block of SHA-256 (docs/decisions/0007). A handle counts as the
    same with or without @, in capitals or not.
    """

    key: str

    def of(self, name: str) -> str:
        return _sha(self.key + normal(name))[:_LENGTH]

    def sql(self, name: str) -> str:
        """
        The same hash for a text expression of DuckDB; null where it is null.
        """
        return self._hashed(normal_sql(name))

    def sql_of_trimmed(self, name: str) -> str:
        """
        The same for an expression without blanks around it.
        """
        return self._hashed(_without_at(name))

    def mentions_sql(self, text: str) -> str:
        """
        The hashes of all @handles in a text expression, as a list; null where there is none.
        """
        found = f"regexp_extract_all({text}, {quote(MENTION)}, 1)"
        hashes = f"list_transform({found}, lambda handle: {self.sql_of_trimmed('handle')})"
        # Asked of the few texts with an @, and cheaper than to compare lists with the empty one.
        any_found = f"CASE WHEN regexp_matches({text}, '@[A-Za-z0-9_]') THEN {hashes} END"
        return f"CASE WHEN contains({text}, '@') THEN {any_found} END"

    def _hashed(self, normal: str) -> str:
        return f"left(sha256({quote(self.key)} || {normal}), {_LENGTH})"


def without_handles_sql(text: str, pseudonyms: Pseudonyms, hashes: str) -> str:
    """
    A text expression in which every @handle whose hash is in the list *hashes* is blotted out.
    """
    found = f"regexp_extract_all({text}, {quote(MENTION)}, 1)"
    theirs = (
        f"list_filter({found}, lambda handle: list_contains({hashes}, {pseudonyms.sql('handle')}))"
    )
    blot = "regexp_replace(acc, '@' || regexp_escape(handle) || '\\b', '@[…]', 'g')"
    return f"list_reduce(coalesce({theirs}, []), lambda acc, handle: {blot}, {text})"


def open_pseudonyms(store: Store, writer: Writer | None = None) -> Pseudonyms:
    """
    The pseudonyms of a corpus; with a *writer* a key is made where there is none yet.

    Raises StoreError where the key of a corpus is lost or damaged: its authors could never be matched again.
    """
    file = store.folder / "key"
    if file.exists():
        return Pseudonyms(_read_key(file))
    if store.batches():
        raise StoreError(
            where=str(file),
            found=phrase("the key of this corpus is missing, so its authors cannot be told apart."),
            remedy=phrase(
                "Restore the file from a copy, or import the exports into a fresh corpus."
            ),
        )
    key = secrets.token_hex(_LENGTH // 2)
    if writer is not None:
        writer.write(file, key + "\n")
        file.chmod(0o600)
    return Pseudonyms(key)


def _read_key(file: Path) -> str:
    key = file.read_bytes().strip().decode("ascii", errors="replace")
    if re.fullmatch(r"[0-9a-f]{64}", key):
        raise StoreError(
            where=str(file),
            found=phrase(
                "this corpus is of an earlier Qulaq, which hashed authors in another way."
            ),
            remedy=phrase("Import the exports into a fresh corpus."),
        )
    if not re.fullmatch(rf"[0-9a-f]{{{_LENGTH}}}", key):
        raise StoreError(
            where=str(file),
            found=phrase("the key of this corpus is damaged, so its authors cannot be told apart."),
            remedy=phrase(
                "Restore the file from a copy, or import the exports into a fresh corpus."
            ),
        )
    return key


def speaks_for(page: Page) -> Iterable[str]:
    """
    Every id and handle whose words are the body's.
    """
    return filter(None, (*page.ids, page.handle, *page.accounts))


def references(page: Page) -> Iterable[str]:
    """
    All by which a row of an export may name the page, in normal form.
    """
    named = (*page.ids, page.handle, reference(page.url))
    return dict.fromkeys(normal(name) for name in named if name)


def normal(name: str) -> str:
    """
    The name without blanks around it, without @, in small letters, each by itself as SQL engines do:
    Python alone makes two of "İ" and looks at the letters around "Σ".
    """
    return "".join(letter.lower()[0] for letter in name.strip(_BLANKS).removeprefix("@"))


def normal_sql(name: str) -> str:
    trimmed = f"CASE WHEN {is_untidy_sql(name)} THEN {trimmed_sql(name)} ELSE {name} END"
    return _without_at(trimmed)


def _without_at(trimmed: str) -> str:
    return (
        f"lower(CASE WHEN starts_with({trimmed}, '@') THEN substr({trimmed}, 2) ELSE {trimmed} END)"
    )


def trimmed_sql(text: str) -> str:
    return f"trim({text}, {quote(_BLANKS)})"


def is_untidy_sql(text: str) -> str:
    """
    Whether a text expression may begin or end with a blank, or is empty: asked first, for to look at both
    ends costs a twentieth of trimming.
    """
    begins = f"{text} < '!' OR {text} BETWEEN '\u00a0' AND '\u00a1'"
    return f"({begins} OR regexp_matches({text}, {quote(f'[{_BLANKS}]$')}))"


def reference(named: str) -> str:
    """
    An id or handle as it is; of an address the part that names a page: "facebook.com/NASA/posts/1" is
    "nasa", "facebook.com/profile.php?id=111" is "111". An address that names none stays whole.
    """
    by_id = re.match(_ID_IN_QUERY, named.strip(), re.IGNORECASE)
    found = by_id or re.match(_PATH_PART, named.strip(), re.IGNORECASE)
    part = normal(found[1]) if found else ""
    return part if part and part not in _NO_PAGE else normal(named)


def reference_sql(named: str) -> str:
    """
    The same for a text expression without blanks around it.
    """
    by_id, part = (
        f"nullif(regexp_extract(trim({named}), {quote('(?i)' + pattern)}, 1), '')"
        for pattern in (_ID_IN_QUERY, _PATH_PART)
    )
    nobody = among(f"lower({part})", _NO_PAGE)
    part = f"CASE WHEN NOT {nobody} THEN {part} END"
    address = _without_at(trimmed_sql(f"coalesce({by_id}, {part}, {named})"))
    return f"CASE WHEN contains({named}, '/') THEN {address} ELSE {_without_at(named)} END"


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
