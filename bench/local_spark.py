"""
A cluster on this machine: a master, two workers and Spark Connect, from the pip package.

    python -m bench.local_spark start    # as `make spark` does; sc://127.0.0.1:15002
    python -m bench.local_spark stop     # as `make spark-stop` does

Only this machine can reach it. What it writes (logs, process ids, spilled rows) stands in `.spark`.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

HOST = "127.0.0.1"
FOLDER = Path(__file__).parents[1] / ".spark"
WORKERS = 2
_PATIENCE = 120  # seconds until the cluster must listen
_STARTED: list[
    subprocess.Popen[bytes]
] = []  # Python grieves for processes that nobody holds any more

CAN_RUN = importlib.util.find_spec("pyspark") is not None and (
    "JAVA_HOME" in os.environ or shutil.which("java") is not None
)
"""Whether the package (the extra `spark`) and Java 17 or newer are there."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """
    Where one listens and what it may take. A worker has one core.
    """

    folder: Path = FOLDER
    master_port: int = 7077
    port: int = 15002
    memory: str = "1500m"  # of the rows of a worker

    @property
    def address(self) -> str:
        return f"sc://{HOST}:{self.port}"

    def commands(self) -> Iterator[tuple[str, list[str]]]:
        """
        The names of the servers, each with what starts it.
        """
        home = _home() / "bin"
        spark_class, submit = str(home / "spark-class"), str(home / "spark-submit")
        master = f"spark://{HOST}:{self.master_port}"
        here = ["--host", HOST, "--webui-port", "0"]
        deploy = "org.apache.spark.deploy"
        yield "master", [
            spark_class, f"{deploy}.master.Master", *here, "--port", str(self.master_port),
        ]  # fmt: skip
        for number in range(1, WORKERS + 1):
            work = ["--work-dir", str(self.folder / f"worker{number}")]
            yield f"worker{number}", [
                spark_class, f"{deploy}.worker.Worker", *here, "--cores", "1", "--memory", "2g", *work, master,
            ]  # fmt: skip
        settings = {
            "spark.driver.host": HOST,
            "spark.driver.bindAddress": HOST,
            "spark.connect.grpc.binding.address": HOST,
            "spark.connect.grpc.binding.port": self.port,
            "spark.executor.memory": self.memory,
            "spark.sql.session.timeZone": "UTC",
            "spark.sql.shuffle.partitions": WORKERS,  # as many as there are cores
            "spark.ui.enabled": "false",
            "spark.log.level": "WARN",
        }
        told = [part for name, value in settings.items() for part in ("--conf", f"{name}={value}")]
        server = ["--class", "org.apache.spark.sql.connect.service.SparkConnectServer"]
        yield "connect", [submit, "--master", master, *server, *told, "spark-internal"]

    def start(self) -> None:
        """
        Start all servers and wait until Spark Connect listens. Raises RuntimeError where it does not.
        """
        for port in (self.master_port, self.port):
            if _listens(port):
                raise RuntimeError(f"something listens at {HOST}:{port} already")
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            for name, command in self.commands():
                self._launch(name, command)
                if name == "master":
                    _wait_for(self.master_port, self.folder / "master.log")
            _wait_for(self.port, self.folder / "connect.log")
        except BaseException:
            self.stop()
            raise

    def _launch(self, name: str, command: Sequence[str]) -> None:
        environment = {
            **os.environ,
            "SPARK_HOME": str(_home()),
            "SPARK_LOCAL_IP": HOST,
            "SPARK_LOCAL_DIRS": str(self.folder / "spilled"),
        }
        with (self.folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(  # noqa: S603 - our own words only
                command, cwd=self.folder, env=environment, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        _STARTED.append(process)
        self._pid_file(name).write_text(str(process.pid), encoding="ascii")

    def stop(self) -> None:
        """
        End the servers that were started here, the last one first, and delete what they wrote but the logs.
        """
        names = ["connect", *(f"worker{number}" for number in range(WORKERS, 0, -1)), "master"]
        for name in names:
            file = self._pid_file(name)
            if file.exists():
                _end(int(file.read_text(encoding="ascii")))
                file.unlink()
        for left in self.folder.glob("*/"):
            shutil.rmtree(left, ignore_errors=True)

    def processes(self) -> list[int]:
        """
        The ids of the servers that were started here; each leads a session of its own.
        """
        return [int(file.read_text(encoding="ascii")) for file in self.folder.glob("*.pid")]

    def _pid_file(self, name: str) -> Path:
        return self.folder / f"{name}.pid"


@contextmanager
def running(folder: Path) -> Iterator[Cluster]:
    """
    A cluster of one's own on free ports, stopped at the end.
    """
    cluster = Cluster(folder=folder, master_port=_free_port(), port=_free_port())
    cluster.start()
    try:
        yield cluster
    finally:
        cluster.stop()


def _home() -> Path:
    found = importlib.util.find_spec("pyspark")
    if found is None or found.origin is None:
        raise RuntimeError("the package is not installed: pip install 'qulaq[spark]'")
    return Path(found.origin).parent


def _free_port() -> int:
    with socket.socket() as one:
        one.bind((HOST, 0))
        return int(one.getsockname()[1])


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection((HOST, port), timeout=1):
        return True
    return False


def _wait_for(port: int, log: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while not _listens(port):
        if time.monotonic() > end:
            last = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:]
            raise RuntimeError(f"nothing listens at {HOST}:{port}; {log}: {''.join(last)}")
        time.sleep(0.5)


def _end(process: int) -> None:
    """
    End a server that we started, if it still runs and its number was not given to another since.
    """
    if not _is_spark(process):
        return
    os.kill(process, signal.SIGTERM)
    end = time.monotonic() + 20
    while _is_spark(process):
        if time.monotonic() > end:
            os.kill(process, signal.SIGKILL)
            return
        time.sleep(0.2)


def _is_spark(process: int) -> bool:
    for child in _STARTED:
        child.poll()  # one that ended stays in the list of processes until it is asked after
    told = subprocess.run(  # noqa: S603
        ["ps", "-ww", "-p", str(process), "-o", "args="],  # noqa: S607
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return "org.apache.spark" in told.stdout


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("start", "stop"))
    cluster = Cluster()
    if parser.parse_args(arguments).what == "stop":
        cluster.stop()
        return 0
    try:
        cluster.start()
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Spark Connect listens at {cluster.address}; stop it with: make spark-stop")
    return 0


if __name__ == "__main__":
    sys.exit(main())
