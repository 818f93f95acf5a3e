"""
`qulaq serve` and `qulaq user`, run as a person runs them.

1.  It says where the pages are; Ctrl-C ends it cleanly.
2.  A port in use, a broken form, a database that cannot be opened are told in words, with exit code 1 or 2.
3.  Users are added, listed, removed; their password is never an argument.
4.  Django is loaded by the web's commands alone.
"""

from __future__ import annotations

import socket
import sqlite3
import stat
import time
from datetime import date
from pathlib import Path

import pytest
from real_server import free_port, request, run, serving
from survey_pages import PASSWORD

from qulaq.study import new_study
from qulaq.survey.standard import write_standard_questionnaire


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "akimats"
    new_study(folder, today=date(2026, 11, 27))
    write_standard_questionnaire(folder / "questionnaire.xlsx")
    return folder


def test_it_says_where_the_pages_are_and_ends_cleanly(folder):
    """
    Requirement 1.
    """
    with serving(folder) as server:
        status, _, body = request(server.port, "GET", "/s/akimats/")
        assert status == 200
        assert "<form" in body
        assert request(server.port, "GET", "/static/qulaq.css")[0] == 200
        assert request(server.port, "GET", "/nothing")[0] == 404
        assert server.interrupt() == 0
    said = server.log.read_text()
    assert f"http://127.0.0.1:{server.port}/s/akimats/" in said
    assert "Traceback" not in said
    assert "Nobody can sign in yet" in said


def test_a_phone_in_the_same_network_is_answered(folder):
    """
    Requirement 1: under this machine's own names, and under no other.
    """
    with serving(folder, "--host", "0.0.0.0") as server:  # noqa: S104  # for a moment
        for host, status in ((socket.gethostname(), 200), ("evil.example", 400)):
            assert request(server.port, "GET", "/s/akimats/", Host=host)[0] == status


def test_workers_end_when_the_parent_is_killed(folder):
    """
    Requirement 1: the port is free again.
    """
    with serving(folder) as server:
        workers = server.workers()
        server.process.kill()
        server.process.wait()
        end = time.monotonic() + 20
        while any(map(_runs, workers)) and time.monotonic() < end:
            time.sleep(0.1)
    assert len(workers) >= 2
    assert not any(map(_runs, workers))


def _runs(process):
    status = Path(f"/proc/{process}/status")
    return status.exists() and "State:\tZ" not in status.read_text()


def test_a_port_in_use_is_told_in_words(folder):
    """
    Requirement 2.
    """
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = run("serve", folder, "--port", port)
    assert done.returncode == 2
    assert f"127.0.0.1:{port}: another program listens there already." in done.stderr


def test_an_address_of_another_machine_is_told_in_words(folder):
    """
    Requirement 2.
    """
    done = run("serve", folder, "--host", "192.0.2.1", "--port", free_port())
    assert done.returncode == 2
    assert "nobody can listen there" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_form_and_a_broken_database_are_told_in_words(folder):
    """
    Requirement 2.
    """
    (folder / "qulaq.sqlite3").write_bytes(b"no database at all" * 100)
    done = run("serve", folder, "--port", free_port())
    assert done.returncode == 1
    assert "the database cannot be opened or written" in done.stderr
    (folder / "questionnaire.xlsx").write_bytes(b"no form")
    done = run("serve", folder, "--port", free_port())
    assert done.returncode == 1
    assert "questionnaire.xlsx" in done.stderr
    assert "Traceback" not in done.stderr


def test_users_are_added_listed_and_removed(folder):
    """
    Requirement 3.
    """
    added = run("user", "add", folder, "asel", "--role", "owner", typed=PASSWORD + "\n")
    assert added.returncode == 0
    assert run("user", "list", folder).stdout == "asel\towner\n"
    again = run("user", "add", folder, "asel", "--role", "owner", typed=PASSWORD + "\n")
    assert again.returncode == 2
    assert "already" in again.stderr
    assert run("user", "add", folder, "b", "--role", "king", typed=PASSWORD).returncode == 2
    assert run("user", "remove", folder, "asel").returncode == 0
    assert run("user", "list", folder).stdout == ""
    assert run("user", "remove", folder, "asel").returncode == 2


def test_the_database_keeps_no_password_and_is_readable_by_its_owner_only(folder):
    """
    Requirement 3.
    """
    run("user", "add", folder, "asel", typed=PASSWORD + "\n")
    file = folder / "qulaq.sqlite3"
    with sqlite3.connect(file) as database:
        [(stored,)] = database.execute("SELECT password FROM accounts_user").fetchall()
    database.close()
    assert PASSWORD not in stored
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
