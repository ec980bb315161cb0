"""The last step: a version appears whole, and identity's logs remember what it gave and what it answered.

Not here: how a version is written (orchestration/publish).
"""

from collections.abc import Mapping
from typing import Any

import dagster as dg
import polars as pl

from expectations.gate import audit_tables
from identity.frames import ANSWER
from identity.log.answer_log import AnswerLog
from identity.log.identity_log import IdentityLog
from orchestration.assets.gate import gate_context
from orchestration.erasure.consent import forget_withdrawn
from orchestration.past.compare import compare
from orchestration.publish.publish import publish
from orchestration.publish.record import Knowledge
from orchestration.publish.request import PublishRequest
from orchestration.quality.memory import remember
from orchestration.session import Session
from orchestration.warehouse.code_version import code_version
from orchestration.warehouse.keys import VAULT_KEY, VERSION_KEY
from orchestration.warehouse.marts import mart_names, mart_nodes
from orchestration.warehouse.source_state import read_source_state


def build_version_asset(manifest: Mapping[str, Any]) -> dg.AssetsDefinition:
    """The step that publishes; it waits for every mart's blocking check."""
    marts = [dg.AssetKey(["marts", name]) for name in mart_names(manifest)]

    @dg.asset(
        key=VERSION_KEY, deps=[*marts, VAULT_KEY], group_name="published", kinds={"duckdb", "parquet"}, owners=["team:analysts"]
    )
    def version(session: dg.ResourceParam[Session]) -> dg.MaterializeResult[None]:
        """One published version: a Parquet file per table, serving.duckdb, manifest.json; CURRENT names it."""
        findings = session.findings
        if findings.gate is None or findings.resolution is None:
            raise dg.Failure("publishing needs the gate and the identity step of the same run: run the whole job `street`")
        if findings.gate.blocking_failures:
            raise dg.Failure("the gate is closed: " + "; ".join(findings.gate.blocking_failures), allow_retries=False)
        with session.stage("publish"):
            log = IdentityLog(session.home / "identity" / "log")
            request = _request(session, manifest, log.last_sequence())
            if session.past is None:  # the logs remember already what was given then
                log.commit(findings.resolution.log_event, session.run_id)
                answers = {name: getattr(findings.resolution, name) for name in ANSWER}
                AnswerLog(session.home / "identity" / "answer").commit(answers, session.run_id)
                remember(session.home, session.database, session.run_id, session.moment, session.as_of)
            findings.version = publish(request)
            if session.past is None:
                forget_withdrawn(session.standing, session.database, findings.version.version)
        if session.past and session.past.record.as_of == session.as_of:
            findings.comparison = compare(session.past.record, findings.version.digests)
        return dg.MaterializeResult(metadata={"version": findings.version.version, "tables": len(findings.version.tables)})

    return version


def _request(session: Session, manifest: Mapping[str, Any], identity_sequence: int) -> PublishRequest:
    """Everything a version holds: the marts, what Python made, and where it came from."""
    findings = session.findings
    assert findings.gate is not None  # noqa: S101 - version() has looked
    context = gate_context(session)
    vault = pl.read_parquet(session.work / "vault" / "resident_vault.parquet")
    rebuilds = session.past.record.version if session.past else None
    return PublishRequest(
        home=session.standing,
        database=session.database,
        frames={"resident_vault": vault, "quality_result": findings.gate.results},
        nodes=mart_nodes(manifest),
        at=session.at,
        as_of=session.as_of,
        engine=session.settings.warehouse.engine,
        code_version=code_version(),
        inputs_digest=findings.inputs_digest,
        run_id=session.run_id,
        sources=read_source_state(session.home),
        knowledge=Knowledge(session.moment, findings.landing_sequence, identity_sequence, rebuilds),
        audit=lambda files: audit_tables(files, context),
    )
