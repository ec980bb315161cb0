"""What `yidang report` and `yidang package` read of the small published version (tests/published_street.py).

Tables as Parquet, the two that only returns need, and a yidang.toml. Everything is invented.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl
import pytest

from returns.package.item import catalogue

_SUMS = ("check_rate", "burden")  # counts of a committee, which no page reads


def verdict_table(codes: list[str], at: object) -> pl.DataFrame:
    """Two rows of one returned workbook a committee, one taken and one sent back."""
    rows = [
        (f"V{code}{outcome}", f"{code}-1.xlsx", line, f"T{line}", code, "confirmed", outcome, at)
        for code in codes
        for line, outcome in enumerate(("accepted", "refused"))
    ]
    names = ["verdict_key", "file", "line", "task_id", "committee_code", "verdict", "outcome", "received_at"]
    return pl.DataFrame(rows, schema=names, orient="row")


def write_return_tables(folder: Path, tables: dict[str, pl.DataFrame]) -> None:
    """Every table as the file that returns read; a field that only the catalogue knows is empty."""
    (folder / "tables").mkdir()
    codes = tables["committee"]["committee_code"].to_list()
    known = tables | {name: pl.DataFrame({"committee_code": codes}) for name in _SUMS}
    known["indicator_definition"] = known["indicator_definition"].with_columns(formula="formula_zh")
    known["correction"] = pl.DataFrame({"committee_code": codes[:1]})
    for item in catalogue().items.values():
        place = item.lookup.table if item.lookup else item.table
        wanted = {item.table: item.fields, place: [*item.fields, item.place] if place == item.table else [item.place]}
        for name, fields in wanted.items():
            lacking = [field for field in fields if field not in known[name].columns and field != item.place]
            known[name] = known[name].with_columns(pl.lit(None, pl.String).alias(field) for field in lacking)
    known["alarm"] = known["alarm"].join(known["device"].select("device_id", "committee_code"), "device_id", "left")
    for name, frame in known.items():
        frame.write_parquet(folder / "tables" / f"{name}.parquet")


def write_configuration(home: Path, key: str) -> Path:
    """A yidang.toml for this home; no source is configured."""
    path = home / "yidang.toml"
    path.write_text(f'[warehouse]\nhome = "{home}"\n[security]\nkey = "{key}"\n', encoding="utf-8")
    return path


@contextmanager
def configured(home: Path, key: str) -> Iterator[Path]:
    """The home while the environment names its key and its yidang.toml, as `yidang serve` starts the pages."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("YIDANG_KEY", key)
        patch.setenv("YIDANG_CONFIG", str(write_configuration(home, key)))
        yield home
