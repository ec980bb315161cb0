"""The quarantine desk: refused rows are shown without their values, and replayed once after a rule was mended."""

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest

from ingestion.cleaning import schema
from ingestion.contracts.loader import load_contract
from ingestion.landing.delivery import Delivery, Snapshot
from ingestion.landing.landing import Landing
from ingestion.landing.ledger import inputs_digest, rejected_rows
from ingestion.landing.verify import verify_landing
from ingestion.pulling.files import sha256
from ingestion.quarantine.replay import replay
from ingestion.quarantine.shape import masked_shape
from ingestion.readers.by_format import admit
from tests.source_files import AT, csv_bytes, new_landing, person

POLICE = load_contract("police")
FILE = "SYRK_20261120_F_001.csv"
DATA = (
    csv_bytes([person("1", HH="h1"), person("2", HH=""), person("3", HH="", XM="王五"), person("", HH="h4")]) + b"too,short\r\n"
)


@pytest.fixture
def mend(tmp_path: Path) -> Iterator[Callable[[], None]]:
    """A schema that refuses rows without a household number holds until it is mended by a call."""
    rules = schema.SCHEMAS
    shutil.copytree(rules, tmp_path / "schemas")
    file = tmp_path / "schemas" / "police" / "SYRK.yaml"
    text = file.read_text(encoding="utf-8")
    assert "to: household_no}" in text
    file.write_text(text.replace("to: household_no}", "to: household_no, is_required: true}"), encoding="utf-8")
    use(tmp_path / "schemas")
    yield lambda: use(rules)
    use(rules)


def use(rules: Path) -> None:
    schema.SCHEMAS = rules
    schema.load_schema.cache_clear()


def land(landing: Landing) -> None:
    found = admit(POLICE, POLICE.entity("SYRK"), FILE, DATA)
    kept = {FILE: found.kept}
    landing.land(
        Delivery(
            POLICE, POLICE.entity("SYRK"), f"20261120/{FILE}", sha256(DATA), found.reading, kept, snapshot=Snapshot("20261120")
        )
    )


def rows(home: Path) -> pl.DataFrame:
    files = sorted((home / "landing" / "police" / "SYRK").glob("batch=*/data.parquet"))
    return pl.concat([pl.read_parquet(path) for path in files]).sort("source_key")


@pytest.mark.slow
def test_replay_lands_what_passes_now_and_only_once(tmp_path: Path, mend: Callable[[], None]) -> None:
    home = tmp_path / "home"
    land(new_landing(home))
    refused = rejected_rows(home).select("line", "rule").rows()
    assert refused == [(3, "REQUIRED-MISSING"), (4, "REQUIRED-MISSING"), (5, "KEY-MISSING"), (6, "CSV-FIELD-COUNT")]
    assert [found.loaded for found in replay(new_landing(home), POLICE)] == [0]
    before = inputs_digest(home, {})
    mend()
    later = new_landing(home, AT + timedelta(days=1))
    assert [(found.tried, found.loaded) for found in replay(later, POLICE, "SYRK", "KEY-MISSING")] == [(1, 0)]
    assert inputs_digest(home, {}) == before
    assert [(found.tried, found.loaded) for found in replay(later, POLICE)] == [(4, 2)]
    after = inputs_digest(home, {})
    assert after != before
    assert [(found.tried, found.loaded) for found in replay(new_landing(home), POLICE)] == [(2, 0)]
    assert [(found.tried, found.loaded) for found in replay(later, POLICE)] == [(2, 0)]
    assert inputs_digest(home, {}) == after
    assert verify_landing(home) == []


@pytest.mark.slow
def test_a_replayed_row_keeps_the_time_and_the_order_of_its_first_coming(tmp_path: Path, mend: Callable[[], None]) -> None:
    home = tmp_path / "home"
    land(new_landing(home))
    mend()
    replay(new_landing(home, AT + timedelta(days=1)), POLICE)
    landed = rows(home)
    assert landed["source_key"].to_list() == ["1", "2", "3"]
    assert landed["_received_at"].to_list() == [AT.replace(tzinfo=None)] * 3
    assert landed["_sequence"].to_list() == [1, 1, 1]
    assert landed["_line"].to_list() == [2, 3, 4]
    assert landed["_is_full"].to_list() == [True, False, False]
    told = rejected_rows(home).sort("line")
    assert told["is_replayed"].to_list() == [True, True, False, False]
    assert told["row_digest"].n_unique() == 4


def test_a_refused_row_is_shown_without_its_values() -> None:
    shown = masked_shape("31999919900101001X,张三,，@a.b,\n".encode("gb18030") + b"\xff", ["XM"], "gb18030")
    assert shown == "99999999999999999x,某某,，@x.x, �"
    assert masked_shape(b'{"id":"M17","dev":"d"', ["id", "dev"]) == '{"id":"x99","dev":"x"'
