"""The step after publishing: whoever sent a workbook back is told what became of its rows, and closed tasks are recalled."""

import dagster as dg

from orchestration.returning.answers import recall_closed, tell_rows
from orchestration.session import Session
from orchestration.warehouse.keys import RECEIPT_KEY, VERSION_KEY


@dg.asset(key=RECEIPT_KEY, deps=[VERSION_KEY], group_name="published", kinds={"excel"}, owners=["team:analysts"])
def receipt(session: dg.ResourceParam[Session]) -> dg.MaterializeResult[None]:
    """Answers to the workbooks of the feed `feedback`, one file a workbook, below `returns/receipt`; recalls, in the log."""
    if session.past:
        return dg.MaterializeResult(metadata={"answers": 0, "recalled": 0})
    recalled = recall_closed(session.home, session.at)
    return dg.MaterializeResult(
        metadata={"answers": tell_rows(session.home, session.findings.pulls, session.at), "recalled": recalled}
    )
