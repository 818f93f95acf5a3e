"""Whether an engine knows what the clocks of Kazakhstan show."""

from __future__ import annotations

from datetime import UTC, date, datetime

import ibis
import pyarrow as pa

from qulaq.engine.base import Engine, as_ibis, local_day, local_time

_ZONE = "Asia/Almaty"
_ROWS = pa.schema([("moment", pa.timestamp("us", "UTC")), ("zone", pa.string())])
_SHOWN = {
    datetime(2024, 2, 29, 17, 30, tzinfo=UTC): (date(2024, 2, 29), 23),
    datetime(2024, 2, 29, 18, 30, tzinfo=UTC): (date(2024, 2, 29), 23),
    datetime(2024, 2, 29, 19, 30, tzinfo=UTC): (date(2024, 3, 1), 0),
}
"""At midnight before 1 March 2024 the clocks of Almaty went back by an hour: half past eleven came twice."""


def knows_the_clocks(engine: Engine) -> bool:
    """
    Whether days and hours of Almaty are right around 2024-03-01, when it moved from UTC+6 to UTC+5.

    They are not where the time zone data are older than that, nor where the engine shifts a moment twice.
    """
    rows = [{"moment": moment, "zone": _ZONE} for moment in _SHOWN]
    engine.add_rows("clocks", pa.Table.from_pylist(rows, _ROWS))
    clocks = ibis.table(as_ibis(_ROWS), name="clocks")
    shown = clocks.select(
        "moment",
        day=local_day(clocks.moment, clocks.zone, [_ZONE]),
        hour=local_time(clocks.moment, clocks.zone, [_ZONE]).hour(),
    )
    found = {row["moment"]: (row["day"], row["hour"]) for row in engine.run(shown).to_pylist()}
    return found == _SHOWN
