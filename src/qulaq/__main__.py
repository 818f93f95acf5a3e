"""`python -m qulaq` is the command line."""

from __future__ import annotations

from qulaq.cli import main

main()
