"""The step after publishing: whoever sent a workbook back is told what became of its rows."""

import dagster as dg

from orchestration.returning.answers import tell_rows
from orchestration.session import Session
from orchestration.warehouse.keys import RECEIPT_KEY, VERSION_KEY


@dg.asset(key=RECEIPT_KEY, deps=[VERSION_KEY], group_name="published", kinds={"excel"}, owners=["team:analysts"])
def receipt(session: dg.ResourceParam[Session]) -> dg.MaterializeResult[None]:
    """Answers to the workbooks of the feed `feedback`, one file a workbook, below `returns/receipt`."""
    written = 0 if session.past else tell_rows(session.home, session.findings.pulls, session.at)
    return dg.MaterializeResult(metadata={"answers": written})
