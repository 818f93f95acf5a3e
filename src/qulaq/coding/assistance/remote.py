"""A language model behind an address that speaks as OpenAI's does: POST …/chat/completions."""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import httpx

from qulaq.errors import Misused, SourceError
from qulaq.lang import Phrase, phrase

TRIES = 5
_LONGEST_PAUSE = 60.0  # seconds
_AGAIN = frozenset((408, 409, 425, 429, 500, 502, 503, 504))
_NO_ENTRY = frozenset((401, 403))
_OK = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """
    Where a model answers, and its name there. The key is shown nowhere.
    """

    url: str
    name: str
    key: str = field(default="", repr=False)
    patience: float = 60.0

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise Misused(
                where="--model",
                found=phrase("this is no address of a model."),
                remedy=phrase("Write it as https://models.example.kz/v1"),
            )
        if parts.username or parts.password or parts.query:
            raise Misused(
                where="--model",
                found=phrase("the address holds a name, a password or a query."),
                remedy=phrase("Give the key in an environment variable or a file instead."),
            )
        if parts.scheme == "http" and not _is_near(parts.hostname):
            raise Misused(
                where="--model",
                found=phrase("texts and key would travel open through the internet."),
                remedy=phrase("Use https:// for an address outside your own network."),
            )


def _is_near(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return False


class Connection:
    """
    Asks a model, again where it is busy.
    """

    def __init__(self, model: Model, *, pause: Callable[[float], None] = time.sleep) -> None:
        headers = {"Authorization": f"Bearer {model.key}"} if model.key else {}
        self._model = model
        self._pause = pause
        self._client = httpx.Client(timeout=model.patience, headers=headers)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def ask(self, instructions: str, text: str) -> str:
        """
        What the model answers. Raises SourceError where it does not, after five tries.
        """
        told = {
            "model": self._model.name,
            "messages": [
                {"role": "system", "content": instructions},
                {"role": "user", "content": text},
            ],
            "temperature": 0,
        }
        why: Phrase = phrase("it does not answer")
        for n in range(TRIES):
            try:
                response = self._client.post(
                    f"{self._model.url.rstrip('/')}/chat/completions", json=told
                )
            except httpx.TimeoutException:
                why = phrase("it did not answer within {n} seconds", n=f"{self._model.patience:g}")
                wait = 2.0**n
            except httpx.HTTPError:  # its text is not passed on: it may quote what was sent
                why = phrase("it cannot be reached")
                wait = 2.0**n
            else:
                if response.status_code == _OK:
                    return _content(response)
                if response.status_code not in _AGAIN:
                    raise self._refused(response.status_code)
                why = phrase("it answers with {status}", status=response.status_code)
                wait = _asked_to_wait(response) or 2.0**n
            if n < TRIES - 1:
                self._pause(min(wait, _LONGEST_PAUSE))
        raise SourceError(
            where=self._model.url,
            found=phrase("the model gave no answer in {n} tries: {why}.", n=TRIES, why=why),
            remedy=phrase("What it answered before is kept; give the same command again later."),
        )

    def _refused(self, status: int) -> SourceError:
        if status in _NO_ENTRY:
            return SourceError(
                where=self._model.url,
                found=phrase("the model's address does not accept the key ({status}).", status=status),
                remedy=phrase("Give the right one with --key-env or --key-file."),
            )  # fmt: skip
        return SourceError(
            where=self._model.url,
            found=phrase("the model's address refuses the question ({status}).", status=status),
            remedy=phrase("Check the address (it ends before /chat/completions) and --model-name."),
        )


def _asked_to_wait(response: httpx.Response) -> float | None:
    try:
        return max(float(response.headers.get("Retry-After", "")), 0.0)
    except ValueError:
        return None


def _content(response: httpx.Response) -> str:
    """
    The words of an answer; "" where it has none, which no codebook knows.
    """
    try:
        told = response.json()["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError):
        return ""
    return told if isinstance(told, str) else ""
