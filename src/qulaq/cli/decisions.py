"""What commands ask of stored codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qulaq.coding.decisions import Decisions
    from qulaq.study import Study


def open_decisions(study: Study) -> Decisions:
    """
    The store of what coders of the study decided, ready to be asked. One study a process.
    """
    from qulaq.web.database import prepare_database
    from qulaq.web.opening import open_web

    open_web(study, None)
    prepare_database()
    from qulaq.web.decisions.store import StoredDecisions  # a table: Django must be open

    return StoredDecisions()
