"""Whether a server can listen at an address, asked before any work is done."""

from __future__ import annotations

import errno
import os
import socket
from contextlib import suppress

from qulaq.errors import Misused
from qulaq.lang import phrase

_ELSEWHERE = ("192.0.2.1", 9)  # an address of documents: it only tells by which of ours one leaves


def check_port(host: str, port: int) -> None:
    """
    Raises Misused where nobody can listen there.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        if os.name == "posix":  # elsewhere this option would let two servers share a port
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise _cannot_listen(host, port, error) from None


def own_addresses() -> frozenset[str]:
    """
    The name of this machine and its addresses, as far as it knows them; nothing is sent.
    """
    name = socket.gethostname()
    found = {name}
    with suppress(OSError):
        found |= {str(told[4][0]) for told in socket.getaddrinfo(name, None, socket.AF_INET)}
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as trial:
        trial.connect(_ELSEWHERE)
        found.add(trial.getsockname()[0])
    return frozenset(found)


def _cannot_listen(host: str, port: int, error: OSError) -> Misused:
    where = f"{host}:{port}"
    if error.errno == errno.EADDRINUSE:
        return Misused(
            where=where,
            found=phrase("another program listens there already."),
            remedy=phrase("Choose another port with --port, or end that program."),
        )
    return Misused(
        where=where,
        found=phrase("nobody can listen there ({message}).", message=error.strerror or error),
        remedy=phrase("Choose another address with --host or another port with --port."),
    )
