"""The asset keys that more than one part must agree on."""

import dagster as dg

INPUTS_KEY = dg.AssetKey(["run", "inputs"])
RUN_FACTS = (
    "source_batch",
    "rejected_row",
    "source_state",
    "area_name",
    "rule_scope",
    "known_issue",
    "known_agreement",
    "known_figure",
    "known_withheld",
    "known_task",
    "inbound_order",
)
IDENTITY_TABLES = ("resident_link", "place_link", "forward", "review", "token", "place_change", "other_telling", "log_event")
TELEMETRY_TABLES = ("counts", "event")
HOUR_KEY = dg.AssetKey(["telemetry", "hour"])
VAULT_KEY = dg.AssetKey(["vault", "resident_vault"])
VERSION_KEY = dg.AssetKey(["published", "version"])
SERVING_KEY = dg.AssetKey(["published", "postgresql"])
RECEIPT_KEY = dg.AssetKey(["published", "receipt"])


def landing_key(source: str, entity: str) -> dg.AssetKey:
    """The key of a landed entity; hyphens and capitals of the contract's name become the warehouse's."""
    return dg.AssetKey(["landing", f"{source}__{entity.replace('-', '_').lower()}"])


def source_key(source_name: str, table: str) -> dg.AssetKey:
    """The key of the asset that writes a dbt source."""
    if source_name in {"identity", "run", "telemetry"}:
        return dg.AssetKey([source_name, table])
    return landing_key(source_name, table.partition("__")[0])  # a child lands with its parent
