"""Tokens and the vault."""

from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from identity.token.token import digest_sm3, hmac_sm3
from identity.vault.seal import VaultError, key_fingerprint, open_row, seal_frame
from tests.unit.identity.invented import DAY, KEY, ids, number_of, record, run

BORN = date(1960, 2, 3)


def test_known_digest_and_separated_purposes() -> None:
    # Key and message of RFC 4231 test case 1, with SM3: as computed by both OpenSSL and cryptography.
    assert digest_sm3(b"\x0b" * 20, b"Hi There").hex() == "51b00d1fb49832bfb01c3ce27848e59f871d9ba938dc563b338ca964755cce70"
    assert hmac_sm3(KEY, "id", "13900000001") != hmac_sm3(KEY, "phone", "13900000001")
    assert hmac_sm3(KEY, "id", "1") != hmac_sm3(b"another", "id", "1")
    with pytest.raises(ValueError, match="empty"):
        hmac_sm3(b"", "id", "1")


def test_tokens_of_a_resident(tmp_path: Path) -> None:
    number = number_of(BORN, 111)
    old = DAY.replace(tzinfo=None)
    rows = [
        record("a", "李建国", number, mobile="13900000001", source_updated_at=old),
        record("b", "李建国", number, mobile="13900000002", source_updated_at=old + timedelta(days=1)),
    ]
    rows += [record("c", "王芳")]
    resolution = run(rows, tmp_path)
    tokens = {row[0]: row[1:] for row in resolution.token.iter_rows()}
    assert tokens[ids(resolution)["a"]] == (hmac_sm3(KEY, "id", number), hmac_sm3(KEY, "phone", "13900000002"))
    assert tokens[ids(resolution)["c"]] == (None, None)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=20), min_size=1, max_size=5))
def test_what_was_sealed_can_be_opened(names: list[str]) -> None:
    plain = pl.DataFrame(
        {"resident_id": [f"R{place}" for place in range(len(names))], "name": names, "born": [BORN] * len(names)}
    )
    sealed = seal_frame(plain, KEY)
    assert [open_row(row, KEY) for row in sealed.iter_rows(named=True)] == [
        {"name": name, "born": "1960-02-03"} for name in names
    ]
    assert sealed["key_id"].unique().to_list() == [key_fingerprint(KEY)]
    assert sealed["nonce"].n_unique() == len(names)


def test_another_key_or_another_resident_opens_nothing() -> None:
    row = seal_frame(pl.DataFrame({"resident_id": ["R1"], "name": ["李建国"]}), KEY).row(0, named=True)
    with pytest.raises(VaultError, match="another key"):
        open_row(row, b"wrong")
    with pytest.raises(VaultError, match="changed"):
        open_row(row | {"resident_id": "R2"}, KEY)
