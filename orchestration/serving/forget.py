"""After an erasure: PostgreSQL is brought to the version without the person, and what it kept of the older rows is given up.

Not here: taking the person out of the version (orchestration/erasure).
"""

import json
from datetime import datetime
from pathlib import Path

import psycopg

from ingestion.settings import Serving
from orchestration.serving.error import ServingError
from orchestration.serving.load import CONNECT_SECONDS, bring_forward
from orchestration.serving.rights import SCHEMA
from orchestration.warehouse.marts import published_nodes
from orchestration.warehouse.parsed import MANIFEST, parsed_project


def forget_served(home: Path, serving: Serving, at: datetime) -> int:
    """How many tables were written anew; readers of these wait for a moment.

    Raises:
        ServingError: the server cannot be reached, or a reader held a table too long: it still holds the person.
    """
    nodes = published_nodes(json.loads((parsed_project(home) / MANIFEST).read_text(encoding="utf-8")))
    served = bring_forward(home, serving, nodes, at)
    tables = sorted(served.sent) if served else []
    try:
        with psycopg.connect(
            serving.url, connect_timeout=CONNECT_SECONDS, application_name="yidang", autocommit=True
        ) as connection:
            for table in tables:
                connection.execute(f'vacuum (full, analyze) {SCHEMA}."{table}"'.encode())
    except psycopg.Error as error:
        raise ServingError(f"PostgreSQL still keeps older rows ({type(error).__name__}): run `vacuum full` there") from error
    return len(tables)
