"""
The same survey on PostgreSQL: a cluster that these tests start as user postgres.

1.  The questionnaire is filled in and stored once; a forged token and a double submit store nothing more.
2.  What was acknowledged is there after the server was killed.
3.  A database that is gone is told in words, and the answers stay on the page.
4.  Answers from elsewhere are stored in one step, each once, and can be replaced.
"""

from __future__ import annotations

import json
import os
import pwd
import shutil
import subprocess
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from real_server import free_port, request, run, serving
from survey_pages import ANSWERS, PASSWORD, Page

from qulaq.study import new_study
from qulaq.survey.standard import write_standard_questionnaire

PROGRAMS = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)


def _why_not():
    if PROGRAMS is None:
        return "there is no PostgreSQL at /usr/lib/postgresql"
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        return "there is no user postgres to run a cluster"
    return "only root can start a cluster as user postgres" if os.geteuid() else ""


pytestmark = pytest.mark.skipif(bool(_why_not()), reason=_why_not() or "-")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """
    A fresh cluster on this machine; its port.
    """
    import tempfile

    # Not below pytest's own folder, which is closed to other users.
    folder = Path(tempfile.mkdtemp(prefix="qulaq-postgresql-"))
    shutil.chown(folder, "postgres", "postgres")
    port = free_port()
    _as_postgres(
        "initdb",
        "-D",
        folder / "data",
        "-A",
        "trust",
        "-U",
        "postgres",
        "--encoding=UTF8",
        "--locale=C",
    )
    options = f"-p {port} -k {folder} -h 127.0.0.1"
    start = ("pg_ctl", "-D", folder / "data", "-o", options, "-l", folder / "log", "-w")
    _as_postgres(*start, "start")
    found = Cluster(port, folder, start)
    yield found
    _as_postgres("pg_ctl", "-D", folder / "data", "-m", "immediate", "stop")
    shutil.rmtree(folder)


class Cluster:
    def __init__(self, port, folder, start):
        self.port = port
        self._folder = folder
        self._start = start

    def url(self, name):
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"

    def make(self, name):
        _as_postgres("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", name)
        return self.url(name)

    def ask(self, name, sql):
        import psycopg

        with psycopg.connect(self.url(name)) as connection:
            return connection.execute(sql).fetchall()

    @contextmanager
    def gone(self):
        _as_postgres("pg_ctl", "-D", self._folder / "data", "-m", "immediate", "stop")
        try:
            yield
        finally:
            _as_postgres(*self._start, "start")


def _as_postgres(program, *words):
    subprocess.run(
        ["runuser", "-u", "postgres", "--", str(PROGRAMS / program), *map(str, words)],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/",
    )  # fmt: skip


@pytest.fixture
def study(cluster, tmp_path, request):
    """
    A study whose study.toml names a database of its own; its name too.
    """
    name = f"test_{abs(hash(request.node.name))}"
    folder = tmp_path / "akimats"
    new_study(folder, today=date(2026, 11, 27))
    write_standard_questionnaire(folder / "questionnaire.xlsx")
    with (folder / "study.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'\n[database]\nurl = "{cluster.make(name)}"\n')
    return folder, name


class Citizen:
    """
    A browser that takes cookies and follows redirects, over the plain client.
    """

    def __init__(self, port):
        self.port = port
        self.cookie = ""

    def ask(self, method, path, fields=None):
        for _ in range(5):
            kept = {"Cookie": self.cookie} if self.cookie else {}
            status, headers, body = request(self.port, method, path, fields, **kept)
            if told := headers.get("Set-Cookie"):
                self.cookie = told.partition(";")[0]
            if status != 302:
                return status, body
            method, path, fields = "GET", headers["Location"], None
        raise AssertionError(path)

    def fill_in(self, until=None):
        _, body = self.ask("GET", "/s/akimats/?from=facebook&lang=kk")
        last = None
        while (page := Page(body)).action and not (until and page.action.endswith(f"/{until}/")):
            last = page
            own = {
                name: ANSWERS[name]
                for name in ANSWERS
                if name in page.fields or name in page.offered
            }
            status, body = self.ask("POST", page.action, page.filled(**own))
            assert status == 200, body
        return page if until else last


def test_a_response_is_stored_once(study, cluster):
    """
    Requirement 1.
    """
    folder, name = study
    assert run("user", "add", folder, "asel", "--role", "owner", typed=PASSWORD).returncode == 0
    with serving(folder) as server:
        citizen = Citizen(server.port)
        last = citizen.fill_in()
        for _ in range(2):
            citizen.ask("POST", last.action, last.filled(suggestion="тағы"))
        citizen.ask("POST", last.action, last.filled() | {"~token": ["forged"]})
    rows = cluster.ask(name, "SELECT language, channel, answers FROM answers_response")
    assert rows == [("kk", "facebook", ANSWERS)]
    assert cluster.ask(name, "SELECT count(*) FROM answers_partial") == [(0,)]
    assert not (folder / "qulaq.sqlite3").exists()


def test_what_was_acknowledged_survives_a_kill(study, cluster):
    """
    Requirement 2.
    """
    folder, name = study
    with serving(folder) as server:
        Citizen(server.port).fill_in()
        half = Citizen(server.port)
        half.fill_in(until=4)
        server.kill()
    with serving(folder) as server:
        half.port = server.port
        _, body = half.ask("GET", "/s/akimats/2/")
        assert Page(body).fields["source"] == ["social"]
    assert cluster.ask(name, "SELECT count(*) FROM answers_response") == [(1,)]


def test_a_database_that_is_gone_is_told_in_words(study, cluster):
    """
    Requirement 3.
    """
    folder, name = study
    with serving(folder) as server:
        citizen = Citizen(server.port)
        last = citizen.fill_in(until=9)
        with cluster.gone():
            sent = last.filled(suggestion="Жоғалмасын")
            status, body = citizen.ask("POST", last.action, sent)
            assert status == 503
            assert Page(body).fields["suggestion"] == ["Жоғалмасын"]
            done = run("user", "list", folder)
            assert done.returncode == 1
            assert "the database cannot be opened or written" in done.stderr
        status, _ = citizen.ask("POST", last.action, Page(body).filled())
        assert status == 200
    [(answers,)] = cluster.ask(name, "SELECT answers FROM answers_response")
    assert answers["suggestion"] == "Жоғалмасын"
    assert json.dumps(answers)


def test_answers_from_elsewhere_are_stored_once_and_replaced(study, cluster):
    """
    Requirement 4.
    """
    folder, name = study
    file = Path(__file__).parents[1] / "survey" / "exports" / "limesurvey-ru.csv"
    assert "2 new, 0 there already" in run("survey", "add", folder, file).stderr
    assert "0 new, 2 there already" in run("survey", "add", folder, file).stderr
    replaced = run("survey", "add", folder, file, "--replace", "--channel", "paper")
    assert "0 new, 2 replaced" in replaced.stderr
    rows = cluster.ask(name, "SELECT channel, submitted_at, answers FROM answers_response")
    assert [row[:2] for row in rows] == [("paper", None)] * 2  # an anonymous survey tells no moment
    assert {row[2]["age"] for row in rows} == {"25_35", "36_50"}
