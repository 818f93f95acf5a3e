"""
How many submissions a second the survey stores durably, beside a bare handler that commits one row.

Both are served by granian with two processes over SQLite (WAL, synchronous FULL) and asked by the same
clients: 32 connections that send one request after the other. A submission is the last screen of a form whose
other screens are kept already; the server reads them, settles and checks the whole form, and stores the response
before it answers. Clients and server share the machine's cores.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import os
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench.results import Entry

CONNECTIONS = 32
REQUESTS, FEW = 6_000, 300
BAR_RATE, BAR_P99 = 500, 150  # submissions a second; milliseconds

ANSWERS = {
    "age": "25_35", "source": "social", "trust": "telegram", "why_follow": ["news", "ask"],
    "updates_seen": "rarely", "updates_wanted": "daily", "rating": "3", "effective": "yes",
    "effective_why": "Жылдам әрі ыңғайлы", "wrote": "yes", "answered": "yes", "answer_days": "4",
    "must_answer": "must", "post_at_once": "yes",
}  # fmt: skip
LAST_SCREEN = 9
SUGGESTION = "Пікірлерге бір күнде жауап берілсе екен."


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """
    What the clients saw: requests a second, and how long one took, in milliseconds.
    """

    rate: float
    median: float
    p99: float
    longest: float


# ── the clients ──────────────────────────────────────────────────────────────────────────────────


def drive(port: int, bodies: Sequence[bytes], *, path: str, wanted: bytes) -> Load:
    """
    Send all bodies over so many connections, and wait for each answer; every one must be as wanted.
    """
    started = time.perf_counter()
    seconds = asyncio.run(_drive(port, bodies, path=path, wanted=wanted))
    whole = time.perf_counter() - started
    ordered = sorted(1000 * one for one in seconds)
    return Load(
        rate=len(ordered) / whole,
        median=statistics.median(ordered),
        p99=ordered[int(0.99 * len(ordered))],
        longest=ordered[-1],
    )


async def _drive(port: int, bodies: Sequence[bytes], *, path: str, wanted: bytes) -> list[float]:
    waiting = iter(bodies)
    clients = (_ask(port, waiting, path=path, wanted=wanted) for _ in range(CONNECTIONS))
    return [one for taken in await asyncio.gather(*clients) for one in taken]


async def _ask(port: int, bodies: Iterator[bytes], *, path: str, wanted: bytes) -> list[float]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
    ).encode()
    taken = []
    for body in bodies:
        start = time.perf_counter()
        writer.write(head + str(len(body)).encode() + b"\r\n\r\n" + body)
        answer = await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(_length(answer))
        taken.append(time.perf_counter() - start)
        assert wanted in answer, answer
    writer.close()
    return taken


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0


# ── the survey ───────────────────────────────────────────────────────────────────────────────────


def measure_survey(folder: Path, n: int) -> Load:
    """
    Serve a study of that folder, with *n* forms filled in but for their last screen, and send them all.
    """
    from qulaq.study import new_study
    from qulaq.survey.standard import write_standard_questionnaire

    study = folder / "akimats"
    new_study(study, today=date(2026, 11, 27))
    write_standard_questionnaire(study / "questionnaire.xlsx")
    tokens = _run_apart("begin", str(study), str(n))
    bodies = [
        urlencode({"~token": one, "~go": "next", "suggestion": SUGGESTION}).encode()
        for one in tokens
    ]
    port = _free_port()
    with _running([sys.executable, "-m", "qulaq", "serve", str(study), "--port", str(port)], port):
        warm, bodies = bodies[: n // 10], bodies[n // 10 :]
        path = f"/s/akimats/{LAST_SCREEN}/"
        drive(port, warm, path=path, wanted=b"/thanks/")
        load = drive(port, bodies, path=path, wanted=b"/thanks/")
    _check_stored(study / "qulaq.sqlite3", "answers_response", n)
    return load


def begin_forms(study: Path, n: int) -> list[str]:
    """
    Forms filled in up to the last screen, as the store holds them; their signed tokens.
    """
    from qulaq.study import open_study
    from qulaq.survey.responses import Partial
    from qulaq.web.database import prepare_database, read_secret
    from qulaq.web.opening import open_web

    opened = open_study(study)
    open_web(opened, None)
    prepare_database()
    read_secret()
    from django.db import transaction
    from django.utils import timezone

    from qulaq.web.answers.store import StoredResponses
    from qulaq.web.survey.tokens import make_token, sign

    name = opened.survey.name
    store = StoredResponses(name)
    tokens = [make_token(channel="whatsapp", invitation="", pilot=False) for _ in range(n)]
    with transaction.atomic():
        for token in tokens:
            store.keep_partial(
                Partial(
                    survey=name,
                    respondent=token.respondent,
                    begun_at=timezone.now(),
                    language="kk",
                    channel="whatsapp",
                    pilot=False,
                    screen=LAST_SCREEN,
                    answers=ANSWERS,
                )
            )
    return [sign(token, survey=name) for token in tokens]


# ── the bare handler ─────────────────────────────────────────────────────────────────────────────

_BARE = "QULAQ_BENCH_BARE"
_TABLE = "CREATE TABLE IF NOT EXISTS bare (id INTEGER PRIMARY KEY, body TEXT NOT NULL)"


def bare() -> object:
    """
    A WSGI function that commits what was sent as one row, and says that it did: the least there can be.
    """
    database = sqlite3.connect(os.environ[_BARE], timeout=5, check_same_thread=False)
    database.isolation_level = None
    database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")

    def application(environ, start_response):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode()
        database.execute("BEGIN IMMEDIATE")
        database.execute("INSERT INTO bare (body) VALUES (?)", (body,))
        database.execute("COMMIT")
        start_response("302 Found", [("Location", "/thanks/"), ("Content-Length", "0")])
        return [b""]

    return application


def measure_bare(folder: Path, n: int) -> Load:
    """
    Serve the bare handler and send it as many requests of the same size.
    """
    file = folder / "bare.sqlite3"
    with sqlite3.connect(file) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute(_TABLE)
    database.close()
    body = urlencode({"~token": "x" * 110, "~go": "next", "suggestion": SUGGESTION}).encode()
    port = _free_port()
    command = [sys.executable, "-m", "bench.serving", "--run", "bare", str(file), str(port)]
    with _running(command, port):
        drive(port, [body] * (n // 10), path="/", wanted=b"/thanks/")
        load = drive(port, [body] * (n - n // 10), path="/", wanted=b"/thanks/")
    _check_stored(file, "bare", n)
    return load


def serve_bare(file: str, port: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces

    multiprocessing.set_start_method("spawn", force=True)
    os.environ[_BARE] = file
    Granian(
        "bench.serving:bare", factory=True, interface=Interfaces.WSGI, address="127.0.0.1", port=port,
        workers=2, blocking_threads=1, backlog=2048, websockets=False, log_enabled=False, log_access=False,
    ).serve()  # fmt: skip


# ── both ─────────────────────────────────────────────────────────────────────────────────────────


def _check_stored(file: Path, table: str, n: int) -> None:
    """
    Every request was acknowledged: every one must be there.
    """
    database = sqlite3.connect(file)
    [(stored,)] = database.execute(f"SELECT COUNT(*) FROM {table}").fetchall()
    database.close()
    assert stored == n, (table, stored, n)


def _run_apart(what: str, *words: str) -> list[str]:
    done = subprocess.run(  # noqa: S603  # ourselves
        [sys.executable, "-m", "bench.serving", "--run", what, *words],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    told: list[str] = json.loads(done.stdout.splitlines()[-1])
    return told


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


@contextmanager
def _running(command: list[str], port: int) -> Iterator[None]:
    process = subprocess.Popen(  # noqa: S603  # ourselves
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        _wait(port, process)
        yield
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    """
    Until something listens; then a second more, for both processes to be there.
    """
    for _ in range(600):
        assert process.poll() is None, "the server did not start"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
            continue
        time.sleep(3)
        return
    raise TimeoutError


def measure(folder: Path, *, small: bool, rounds: int) -> dict[str, Any]:
    """
    Both by turns, each on a database of its own.
    """
    n = FEW if small else REQUESTS
    runs: dict[str, list[dict[str, float]]] = {"survey": [], "bare handler": []}
    for number in range(max(rounds, 1)):
        own = folder / str(number)
        own.mkdir()
        runs["survey"].append(asdict(measure_survey(own, n)))
        runs["bare handler"].append(asdict(measure_bare(own, n)))
    return {"what": f"{n:,} submissions", "runs": runs}


WORDS = (
    "Submissions that the survey stores durably, beside a bare handler that commits one row: a WSGI function and "
    "`sqlite3`. Both are served by granian with two processes over SQLite (WAL, synchronous FULL), each on a database of "
    f"its own, and asked over {CONNECTIONS} connections, each sending one request after the other. A submission is the last "
    "screen of the standard questionnaire, the other screens kept already: the server reads them, settles and checks "
    "the whole form, stores the response, and answers then. Clients and server share the machine's cores. After each "
    "round the stored rows are counted: as many as were acknowledged."
)

_PARTS = {"rate": "a second", "median": "median, ms", "p99": "p99, ms", "longest": "longest, ms"}


def describe(entry: Entry) -> list[str]:
    """
    What was found, as lines of Markdown: medians over the rounds (least–most).
    """
    runs: dict[str, list[dict[str, float]]] = entry.found["runs"]
    table = [f"| | {' | '.join(runs)} |", "|---" * (len(runs) + 1) + "|"]
    for part, head in _PARTS.items():
        cells = (_cell([one[part] for one in loads]) for loads in runs.values())
        table.append(f"| {head} | {' | '.join(cells)} |")
    rate, p99 = (statistics.median(one[part] for one in runs["survey"]) for part in ("rate", "p99"))
    met = "met" if rate >= BAR_RATE and p99 <= BAR_P99 else "**not met**"
    return [*table, "", f"Bar: at least {BAR_RATE} a second with p99 under {BAR_P99} ms: {met}."]


def _cell(values: list[float]) -> str:
    return f"{statistics.median(values):,.0f} ({min(values):,.0f}–{max(values):,.0f})"


def main(arguments: Sequence[str]) -> None:
    """
    The parts that run in processes of their own.
    """
    match list(arguments):
        case ["begin", study, n]:
            print(json.dumps(begin_forms(Path(study), int(n))))
        case ["bare", file, port]:
            serve_bare(file, int(port))


if __name__ == "__main__":
    main(sys.argv[2:])
