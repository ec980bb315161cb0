"""The columns of the generated tables that a small street may leave without a row, so that an empty table is still a table."""

from typing import Any

import polars as pl

KINDS: dict[str, type[pl.DataType] | pl.DataType] = {
    "int": pl.Int64,
    "float": pl.Float64,
    "bool": pl.Boolean,
    "stamp": pl.Datetime("us"),
    "list": pl.List(pl.String),
}
PLACE = "_person:int address _house:int withdrawn:bool modifiedAt"
TABLES = {
    "owner": "owner_id house_id owner_name cert_type cert_no mobile share_pct:float start_date end_date is_deleted:int "
    "updated_at:stamp _person:int _house:int",
    "lease": "lease_id house_id tenant_name cert_type cert_no mobile headcount:int start_date end_date is_deleted:int "
    "updated_at:stamp _person:int _house:int",
    "assistance-cases": f"caseId category monthlyAmount:float phone committeeCode startDate endDate {PLACE}",
    "members": "caseId position:int name certNo relation isHead:bool _person:int _house:int _mother:int",
    "disability-certificates": f"certificateNo name phone issuedOn status {PLACE}",
    "elderly-services": "recordId name certNo birthDate phone livingStatus careLevel:int services:list contactName contactPhone "
    f"monitoringConsent:bool {PLACE}",
    "children-in-need": f"recordId name certNo birthDate guardianName guardianCertNo category _mother:int {PLACE}",
    "register": "deviceId type vendor model estateName address contactName contactPhone installedOn retiredOn status "
    "heartbeatSeconds:int _person:int _house:int _building:int _estate:int",
}


def typed(table: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    """The rows as a frame with every column of the table, in its order and type, however few rows there are."""
    parts = [column.partition(":") for column in TABLES[table].split()]
    return pl.DataFrame(rows, schema={name: KINDS.get(kind, pl.String) for name, _, kind in parts})
