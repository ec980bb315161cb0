"""What this run starts from: the ledger of all landed batches, the state of the sources, and whether anything is new.

Not here: landing itself, or what is made of the batches.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import dagster as dg
import polars as pl

from expectations.compiled.judge import preload
from identity.log.identity_log import IdentityLog
from ingestion.cleaning.rule_scope import rule_scope
from ingestion.contracts.loader import load_contracts
from ingestion.landing.ledger import inputs_digest, read_ledger, read_manifests, rejected_rows
from ingestion.telemetry.days import count_days
from orchestration.assets.frames import write_frame
from orchestration.publish.unchanged import is_unchanged
from orchestration.quality.memory import known_before
from orchestration.returning.orders import SCHEMA as ORDER
from orchestration.returning.orders import inbound_orders
from orchestration.session import Session
from orchestration.warehouse.code_version import code_version
from orchestration.warehouse.keys import INPUTS_KEY, RUN_FACTS, landing_key
from orchestration.warehouse.source_state import read_source_state


def build_inputs_asset() -> dg.AssetsDefinition:
    """The step between landing and staging; when nothing is new it yields nothing, and the run ends there."""
    landed = [landing_key(c.source, entity.name) for c in load_contracts().values() for entity in c.entities]
    outputs = [dg.AssetKey(["run", name]) for name in RUN_FACTS]
    specs = [
        dg.AssetSpec(key, deps=landed, group_name="run", kinds={"parquet"}, owners=["team:data-engineering"], skippable=True)
        for key in [*outputs, INPUTS_KEY]
    ]

    @dg.multi_asset(name="inputs", specs=specs)
    def inputs(session: dg.ResourceParam[Session]) -> Iterator[dg.MaterializeResult[None]]:
        findings = session.findings
        if held := [line for pull in findings.pulls for line in pull.held]:
            raise dg.Failure("the gate is closed: " + "; ".join(held), allow_retries=False)
        with session.stage("inputs"):
            names = session.settings.area_names
            decided = IdentityLog(session.home / "identity" / "log").last_decision()
            shown = {**names, **{name: json.dumps(value) for name, value in session.dbt_vars.items()}}
            ordered = inbound_orders(session.standing, session.moment)
            digest = _with_orders(inputs_digest(session.home, shown), ordered)
            findings.inputs_digest = _with_decisions(digest, decided)
            findings.landing_sequence = max((batch.sequence for batch in read_manifests(session.home)), default=0)
            sources = read_source_state(session.home)
            findings.is_unchanged = is_unchanged(session.standing, findings.inputs_digest, session.as_of, code_version(), sources)
            if findings.is_unchanged:
                return
            session.aside.begin(count_days, session.home)  # the step `telemetry` waits for it, while dbt stages
            session.aside.begin(preload)  # the gate asks there
            known = known_before(session.standing, session.past.record.run_id if session.past else None)
            facts = run_facts(session.home, sources, names, ordered) | known
            for key in outputs:
                frame, path = facts[key.path[-1]], session.work / "run" / f"{key.path[-1]}.parquet"
                yield dg.MaterializeResult(asset_key=key, metadata=write_frame(frame, path))
            yield dg.MaterializeResult(
                asset_key=INPUTS_KEY, metadata={"digest": findings.inputs_digest, "as_of": str(session.as_of)}
            )

    return inputs


def run_facts(
    home: Path, sources: pl.DataFrame, names: Mapping[str, str], ordered: pl.DataFrame | None = None
) -> dict[str, pl.DataFrame]:
    """What landing, contracts and settings tell the models, by table; `sources`: their state; `ordered` null: no order came."""
    return {
        "source_batch": read_ledger(home),
        "rejected_row": rejected_rows(home),
        "source_state": sources,
        "area_name": area_names(names),
        "inbound_order": pl.DataFrame(schema=ORDER) if ordered is None else ordered,
        "rule_scope": known_scope(home / "build" / "run" / f"scope-{code_version()}.parquet"),
    }


def known_scope(kept: Path) -> pl.DataFrame:
    """Which rules look at which columns; to ask all cleaners takes a second, so the answer stays with the code that gave it."""
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_frame(rule_scope(load_contracts().values()), kept)
    return pl.read_parquet(kept)


def _with_decisions(digest: str, decided: int) -> str:
    """What people decided is an input too; without a decision, the batches' digest alone."""
    return hashlib.sha256(f"{digest}:{decided}".encode()).hexdigest() if decided else digest


def _with_orders(digest: str, ordered: pl.DataFrame) -> str:
    """Orders of the level above are an input as well; without one, the batches' digest alone."""
    return hashlib.sha256(f"{digest}:{ordered.write_csv()}".encode()).hexdigest() if ordered.height else digest


def area_names(names: Mapping[str, str]) -> pl.DataFrame:
    """One row a configured name of a street (nine digits) or a committee (twelve)."""
    return pl.DataFrame(list(names.items()), schema={"area_code": pl.String, "area_name": pl.String}, orient="row")
