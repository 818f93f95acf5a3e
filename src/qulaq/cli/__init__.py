"""
The command line: `qulaq <noun> <verb> STUDY …`.

Results go to stdout, everything else to stderr. Exit code 0: done, 1: refused, 2: misused, 130:
interrupted. A command is options, one call of the domain, print; heavy imports stand inside it, so that
`--help` is quick.
"""

from __future__ import annotations

import signal
import sys

__all__ = ["main"]


def main() -> None:
    """
    Run the command line and leave with its exit code; nobody sees a traceback, however early they interrupt.
    """
    try:
        from qulaq.cli.app import main as run
    except KeyboardInterrupt:
        # What is left to be said takes the same imports once more.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        from qulaq.cli.app import leave_interrupted

        sys.exit(leave_interrupted())
    try:
        run()
    finally:  # all has been said: nothing is left to interrupt
        signal.signal(signal.SIGINT, signal.SIG_IGN)
