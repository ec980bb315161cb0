"""Tokens and the vault."""

from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from identity.token.frame import token_frame
from identity.token.sm3 import hex_text, hmac_sm3_all
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


@settings(max_examples=25, deadline=None)
@given(st.binary(min_size=1, max_size=150), st.lists(st.text(max_size=150), min_size=1, max_size=20))
def test_many_digests_at_once_are_those_of_one_by_one(key: bytes, texts: list[str]) -> None:
    found = hex_text(hmac_sm3_all(key, pl.Series(texts, dtype=pl.String)))
    assert found.to_list() == [digest_sm3(key, text.encode()).hex() for text in texts]


def test_digests_of_more_than_stand_in_memory_at_once_of_none_and_without_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("identity.token.sm3._AT_ONCE", 7)
    many = [f"长{place}" for place in range(50)]
    found = hex_text(hmac_sm3_all(KEY, pl.Series(many)))
    assert found.to_list() == [digest_sm3(KEY, text.encode()).hex() for text in many]
    assert hmac_sm3_all(KEY, pl.Series([], dtype=pl.String)).shape == (0, 32)
    with pytest.raises(ValueError, match="empty"):
        hmac_sm3_all(b"", pl.Series(many))


def test_the_first_kind_the_smallest_number_and_the_newest_phone_are_told() -> None:
    rows = [
        ("R1", "n2", 0, None, None, 0),
        ("R1", "n1", 0, "p0", None, 1),
        ("R1", "n0", 1, "p1", DAY.replace(tzinfo=None), 2),
        ("R1", None, 0, "p2", DAY.replace(tzinfo=None), 3),
        ("R2", None, 0, None, None, 4),
    ]
    names = ("resident_id", "number", "slot_rank", "mobile", "source_updated_at", "rid")
    tokens = token_frame(pl.DataFrame(rows, schema=names, orient="row"), KEY)
    assert tokens.rows() == [("R1", hmac_sm3(KEY, "id", "n1"), hmac_sm3(KEY, "phone", "p1")), ("R2", None, None)]


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
