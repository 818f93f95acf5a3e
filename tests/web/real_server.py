"""The real thing: `qulaq serve` in a process of its own, and a plain HTTP client beside it."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlencode

SOURCE = Path(__file__).resolve().parents[2] / "src"
PATIENCE = 60  # seconds; the machine may be busy


def free_port():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def command(*words, **options):
    """
    The words to run `qulaq`, and its environment.
    """
    environment = os.environ | {"PYTHONPATH": str(SOURCE), "QULAQ_LANG": "en"} | options
    return [sys.executable, "-m", "qulaq", *map(str, words)], environment


def run(*words, typed="", **options):
    words, environment = command(*words, **options)
    return subprocess.run(
        words,
        env=environment,
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


class Server:
    """
    A server with its workers: one process group, which can be ended in two ways.
    """

    def __init__(self, folder, port, *options):
        self.port = port
        words, environment = command("serve", folder, "--port", port, *options)
        self.log = Path(folder).parent / f"serve-{port}.log"
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                words, env=environment, stdout=log, stderr=log, start_new_session=True
            )

    def wait(self):
        """
        Until it answers.
        """
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                if request(self.port, "GET", "/sign-in/")[0] == 200:
                    return self
            except OSError:
                assert self.process.poll() is None, self.log.read_text()
                time.sleep(0.05)
        raise AssertionError(self.log.read_text())

    def kill(self):
        """
        As a power cut does: all processes at once, none of them asked.
        """
        for process in (self.process.pid, *self.workers()):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self.process.wait()

    def workers(self):
        """
        The processes that the server started.
        """
        found = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                parent = stat.read_text().rpartition(")")[2].split()[1]
                found += [int(stat.parent.name)] if int(parent) == self.process.pid else []
        return found

    def interrupt(self):
        """
        As Ctrl-C does; its exit code.
        """
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(PATIENCE)


@contextmanager
def serving(folder, *options):
    server = Server(folder, free_port(), *options)
    try:
        yield server.wait()
    finally:
        if server.process.poll() is None:
            server.kill()


def request(port, method, path, fields=None, **headers):
    """
    Status, headers and body of one request.
    """
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        body = urlencode(fields, doseq=True) if fields is not None else None
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()
    except http.client.HTTPException as error:
        raise ConnectionError(str(error)) from error
    finally:
        connection.close()
