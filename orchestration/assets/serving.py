"""After publishing: the PostgreSQL database, where one is configured, is brought to the current version.

A server that cannot be reached fails no run: the version stands, and the outcome says what is left to do.
Not here: what is loaded, and who may read it (orchestration/serving).
"""

import json

import dagster as dg

from orchestration.session import Session
from orchestration.warehouse.keys import SERVING_KEY, VERSION_KEY
from orchestration.warehouse.marts import published_nodes
from orchestration.warehouse.parsed import MANIFEST, parsed_project


@dg.asset(key=SERVING_KEY, deps=[VERSION_KEY], group_name="published", kinds={"postgres"}, owners=["team:data-engineering"])
def postgresql(session: dg.ResourceParam[Session]) -> dg.MaterializeResult[None]:
    """The current version in the schema `curated_v1`, with row-level security by street and committee."""
    bring_postgresql(session)
    served = session.findings.served
    sent = served.sent.values() if served else []
    return dg.MaterializeResult(
        metadata={
            "version": served.version if served else "",
            "tables": len(sent),
            "rows_inserted": sum(table.inserted for table in sent),
            "rows_deleted": sum(table.deleted for table in sent),
            "left_to_do": session.findings.not_served or "",
        }
    )


def bring_postgresql(session: Session) -> None:
    """Load the current version where a database is configured, unless it has it; the session's findings tell what came of it."""
    serving = session.settings.serving
    if serving is None or session.past:
        return
    from orchestration.serving.error import ServingError  # noqa: PLC0415 - a street without a database needs none of it
    from orchestration.serving.load import bring_forward  # noqa: PLC0415

    with session.stage("postgresql"):
        manifest = json.loads((parsed_project(session.home) / MANIFEST).read_text(encoding="utf-8"))
        try:
            session.findings.served = bring_forward(session.standing, serving, published_nodes(manifest), session.at)
        except ServingError as error:
            session.findings.not_served = str(error)
