"""Posts of an invented akimat, what two invented people said of them, and a model on this machine that answers."""

from __future__ import annotations

import json
import random
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from qulaq.coding.assignments import Assignment, Task
from qulaq.coding.assistance.material import gather
from qulaq.coding.codebook import Category, Variable
from qulaq.coding.decisions import Decision, Standing
from qulaq.lang import Text

NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
WORDS = {
    "water": ("құбыр жөнделді", "су берілді", "ремонт водопровода", "отключение воды", "кәріз тазаланды"),
    "roads": ("жол салынды", "асфальт төселді", "ремонт дороги", "ямы на трассе", "көпір ашылды"),
    "meeting": ("жиналыс өтті", "аким провёл совещание", "прямая линия", "кездесу болды", "отчёт акима"),
}  # fmt: skip
STREETS = ("Абай", "Сәтбаев", "Мира", "Достык", "Гоголя", "Жібек жолы", "Сейфуллин", "Төле би")


def make_variable(kind="one", codes=tuple(WORDS)):
    return Variable(
        name="topic",
        unit="post",
        kind=kind,
        label=Text.same("Topic"),
        question=Text.same("What is it about?"),
        source="",
        categories=tuple(
            Category(code=one, label=Text.same(one), definition=Text.same(f"It is about {one}."))
            for one in codes
        ),
    )


def make_posts(n, seed=1):
    """
    So many texts with the topic of each; half of the words tell nothing.
    """
    chance = random.Random(seed)  # noqa: S311  # no secrets
    topics = chance.choices(tuple(WORDS), weights=(5, 3, 2), k=n)
    return [
        (
            f"{chance.choice(STREETS)} {chance.randrange(200)}: {chance.choice(WORDS[topic])}, {chance.choice(STREETS)}",
            topic,
        )
        for topic in topics
    ]


def decide(variable, unit, coder, code, *, status="coder", turn=1):
    return Decision(
        unit=unit,
        variable=variable.name,
        coder=coder,
        status=status,
        codes=(code,) if code else (),
        fingerprint=variable.fingerprint,
        decided_at=NOW,
        turn=turn,
    )


def code_by_two(variable, told, *, noise=0.05, seed=3):
    """
    Decisions of two coders who err now and then, settled by a third who does not.
    """
    chance = random.Random(seed)  # noqa: S311
    for unit, topic in told:
        given = [
            chance.choice(variable.codes) if chance.random() < noise else topic for _ in range(2)
        ]
        yield decide(variable, unit, "aizhan", given[0])
        yield decide(variable, unit, "marat", given[1])
        if given[0] != given[1]:
            yield decide(variable, unit, "saule", topic, status="gold")


def make_material(n=600, coded=200, *, noise=0.05, posts=None, variable=None):
    """
    Of *n* posts the first *coded* were drawn by chance and coded.
    """
    variable = variable or make_variable()
    posts = posts or make_posts(n)
    units = [f"akimat/{place}" for place in range(len(posts))]
    told = [(unit, topic) for unit, (_, topic) in zip(units[:coded], posts, strict=False)]
    tasks = tuple(
        Task(unit=unit, link="", probability=coded / len(posts), twice=True) for unit, _ in told
    )
    samples = (Assignment(name="simple", unit="post", tasks=tasks),)
    material = gather(
        variable,
        units=units,
        texts=[text for text, _ in posts],
        stands=Standing(decisions=tuple(code_by_two(variable, told, noise=noise))),
        samples=samples,
    )
    return material, samples


def write_record(folder: Path, *, units, by="simple"):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "simple.toml").write_text(f'unit = "post"\nby = "{by}"\nunits = {units}\n')
    return folder


class Fake(ThreadingHTTPServer):
    """
    A model that answers as *say* does, after as many refusals as *busy* has statuses; `heard` is what came in.
    """

    def __init__(self, say, busy=()):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.say, self.busy, self.heard = say, list(busy), []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.heard.append((self.path, self.headers.get("Authorization"), body))
        if self.server.busy:
            self._send(self.server.busy.pop(0), {"error": "slow down"})
            return
        text = json.loads(body["messages"][1]["content"])["text"]
        self._send(200, {"choices": [{"message": {"content": self.server.say(text)}}]})

    def _send(self, status, told):
        payload = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Retry-After", "0.01")
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    def log_message(self, *_):
        pass


@contextmanager
def answering(say, busy=()):
    with Fake(say, busy) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def topic_of(text):
    """
    What a model says that knows the words.
    """
    code = next(topic for topic, words in WORDS.items() if any(one in text for one in words))
    return json.dumps({"code": code})
