"""
The command line: `qulaq <noun> <verb> STUDY …`.

Results go to stdout, everything else to stderr. Exit code 0: done, 1: refused, 2: misused. A command is
options, one call of the domain, print; heavy imports stand inside it, so that `--help` is quick.
"""

from __future__ import annotations

from qulaq.cli.app import main

__all__ = ["main"]
