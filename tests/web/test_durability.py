"""
Nothing acknowledged is ever lost: the server is killed again and again while people send their answers.

QULAQ_KILLS=20 kills more often.
"""

from __future__ import annotations

import os
import random
import sqlite3
import threading
import time
from datetime import date

import pytest
from real_server import Server, free_port, request
from survey_pages import Page

from qulaq.study import new_study
from qulaq.survey.standard import write_standard_questionnaire

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("QULAQ_KILLS", "5"))
CITIZENS = 4
ALL = {"age": "25_35", "source": "press", "wrote": "never", "effective": "unsure"}


class Citizens:
    """
    People who answer without rest, each form with a text of its own; whoever is not thanked sends again.
    """

    def __init__(self, port):
        self.port = port
        self.thanked = set()
        self.begun = set()
        self.sent_again = 0
        self.done = threading.Event()
        self._lock = threading.Lock()
        self._threads = [
            threading.Thread(target=self._answer, args=(one,)) for one in range(CITIZENS)
        ]
        for thread in self._threads:
            thread.start()

    def _answer(self, citizen):
        number = 0
        while not self.done.is_set():
            number += 1
            try:
                _, _, html = request(self.port, "GET", "/s/akimats/")
                token = Page(html).token
                request(
                    self.port,
                    "POST",
                    "/s/akimats/1/",
                    {"~token": token, "~go": "next", "age": "25_35"},
                )
            except (OSError, KeyError, IndexError):
                time.sleep(0.01)
                continue
            self._send(f"{citizen}:{number}", token)

    def _send(self, text, token):
        with self._lock:
            self.begun.add(text)
        fields = {"~token": token, "~go": "next", "suggestion": text}
        while not self.done.is_set():
            try:
                status, headers, _ = request(self.port, "POST", "/s/akimats/9/", fields)
            except OSError:
                self.sent_again += 1
                time.sleep(0.01)
                continue
            location = headers.get("Location", "")
            if status == 302 and "/thanks/" in location:
                with self._lock:
                    self.thanked.add(text)
                if random.random() < 0.2:  # noqa: S311  # a finger that presses twice
                    self._send_twice(fields)
                return
            if status == 302:  # the screens before the last one were not kept: answer them
                self._fill(token)
            time.sleep(0.01)

    def _fill(self, token):
        for screen in range(1, 9):
            try:
                request(
                    self.port,
                    "POST",
                    f"/s/akimats/{screen}/",
                    {"~token": token, "~go": "next", **ALL},
                )
            except OSError:
                return

    def _send_twice(self, fields):
        try:
            request(self.port, "POST", "/s/akimats/9/", fields)
        except OSError:
            self.sent_again += 1

    def stop(self):
        self.done.set()
        for thread in self._threads:
            thread.join()


def test_who_was_thanked_is_stored_once_however_often_the_server_is_killed(tmp_path):
    folder = tmp_path / "akimats"
    new_study(folder, today=date(2026, 11, 27))
    write_standard_questionnaire(folder / "questionnaire.xlsx")
    port = free_port()
    server = Server(folder, port).wait()
    citizens = Citizens(port)
    try:
        for _ in range(KILLS):
            seen = len(citizens.thanked)
            end = time.monotonic() + 60
            while len(citizens.thanked) < seen + 40 and time.monotonic() < end:
                time.sleep(0.02)
            time.sleep(random.random() * 0.2)  # noqa: S311  # at any moment of a request
            server.kill()
            server = Server(folder, port).wait()
        seen = len(citizens.thanked)
        end = time.monotonic() + 60
        while len(citizens.thanked) < seen + 20 and time.monotonic() < end:
            time.sleep(0.02)
    finally:
        citizens.stop()
        server.kill()
    stored = _stored_texts(folder)
    assert len(citizens.thanked) >= 40 * KILLS
    assert citizens.sent_again > 0
    assert citizens.thanked <= set(stored), "acknowledged and lost"
    assert len(stored) == len(set(stored)), "stored twice"
    assert set(stored) <= citizens.begun, "stored and never sent"
    print(  # noqa: T201  # what -s shows
        f"{KILLS} kills, {len(citizens.thanked)} thanked, {len(stored)} stored, {citizens.sent_again} sent again"
    )


def _stored_texts(folder):
    database = sqlite3.connect(folder / "qulaq.sqlite3")
    try:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        rows = database.execute(
            "SELECT json_extract(answers, '$.suggestion') FROM answers_response"
        )
        return [text for (text,) in rows]
    finally:
        database.close()
