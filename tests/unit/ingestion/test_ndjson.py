"""NDJSON: the quick way and the careful way give the same rows."""

import gzip
import json
from datetime import datetime

import polars as pl
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.cleaning.context import CleaningContext
from ingestion.cleaning.entity import clean
from ingestion.cleaning.schema import load_schema
from ingestion.contracts.loader import load_contracts
from ingestion.readers.compression import decompress
from ingestion.readers.ndjson import read_ndjson
from ingestion.refusal import RefusedError

FIELDS = ["id", "val"]
GOOD = st.integers(0, 9).map(lambda number: json.dumps({"id": f"m{number}", "val": number / 2, "more": [1]}))
BAD = st.sampled_from(['{"id":"m1"', "not json", "[1]", '"s"', '{"id":"a"} x', "null", '{"id":1e}', '{"id":"\x01"}', "{"])
BLANK = st.sampled_from(["", "  ", "\r"])


@given(st.lists(st.one_of(GOOD, GOOD, GOOD, BAD, BLANK), max_size=40), st.booleans())
@settings(max_examples=150, deadline=None)
def test_every_line_is_a_row_or_broken_or_blank(lines: list[str], ends: bool) -> None:
    data = ("\n".join(lines) + ("\n" if ends else "")).encode()
    found = read_ndjson(data, FIELDS)
    good = {}
    for number, line in enumerate(lines, start=1):
        try:
            value = json.loads(line)
        except ValueError:
            continue
        if isinstance(value, dict):
            good[number] = value["id"]
    assert dict(zip(found.frame["_line"], found.frame["id"], strict=True)) == good
    blank = {number for number, line in enumerate(lines, start=1) if not line.strip()}
    assert set(found.broken["_line"]) == set(range(1, len(lines) + 1)) - set(good) - blank
    for line, original in found.broken.select("_line", "original").rows():
        assert original == lines[line - 1].encode()


def test_values_are_text_and_nested_ones_are_json() -> None:
    found = read_ndjson('{"id":1,"val":{"a":["中",2.5]}}\n{"id":true}\n{"id":null,"val":"x"}\n'.encode(), FIELDS)
    assert found.frame["id"].to_list() == ["1", "true", None]
    assert json.loads(found.frame["val"][0]) == {"a": ["中", 2.5]}


def test_bytes_that_are_no_text_break_only_their_line() -> None:
    found = read_ndjson(b'{"id":"a"}\n{"id":"\xff"}\n{"id":"b"}\n', FIELDS)
    assert found.frame.select("_line", "id").rows() == [(1, "a"), (3, "b")]
    assert found.broken.select("_line", "rule", "original").rows() == [(2, "JSON-BROKEN", b'{"id":"\xff"}')]


def test_many_lines_with_some_broken_ones_keep_their_numbers() -> None:
    lines = [json.dumps({"id": f"m{number}"}) for number in range(1, 20_001)]
    for number in range(100, 20_001, 100):
        lines[number - 1] = lines[number - 1][:-1] + "x}"
    found = read_ndjson("\n".join(lines).encode(), FIELDS)
    assert found.broken["_line"].to_list() == list(range(100, 20_001, 100))
    assert all(key == f"m{line}" for line, key in found.frame.select("_line", "id").rows())


def test_compressed_files_of_several_frames_are_read_whole() -> None:
    pieces = b"".join(zstandard.compress(piece) for piece in (b"one\n", b"two\n"))
    assert decompress("x.ndjson.zst", pieces) == b"one\ntwo\n"


AT = datetime(2026, 11, 20, 12)  # noqa: DTZ001 - UTC without a zone, as everything landed
WHOLE = st.one_of(st.none(), st.integers(-300, 300), st.sampled_from([1763640000000, 0, 1 << 62, -5, 10**18]))
OTHER = st.one_of(WHOLE, st.sampled_from([1.5, 85.0, "85", "85%", " 7 ", "无", "", True, 1 << 64, [1], {"a": 1}]))
MESSAGE = st.fixed_dictionaries({"t": WHOLE, "rx": WHOLE, "bat": WHOLE, "sig": WHOLE})
ODD = st.fixed_dictionaries({"t": OTHER, "rx": OTHER, "bat": OTHER, "sig": OTHER})


@given(st.lists(MESSAGE, min_size=1, max_size=12), st.lists(st.one_of(MESSAGE, ODD), max_size=3))
@settings(max_examples=60, deadline=None)
def test_whole_numbers_say_the_same_as_their_text(messages: list[dict[str, object]], odd: list[dict[str, object]]) -> None:
    entity, schema = load_contracts()["device"].entity("telemetry"), load_schema("device", "telemetry")
    told = [{"id": f"m{n}", "dev": "d1", "k": "hb"} | message for n, message in enumerate([*messages, *odd])]
    data = "\n".join(json.dumps({name: value for name, value in one.items() if value is not None}) for one in told).encode()
    quick, slow = read_ndjson(data, entity.fields, entity.whole_numbers), read_ndjson(data, entity.fields)
    assert quick.frame.cast(dict.fromkeys(entity.fields, pl.String)).equals(slow.frame)
    assert odd or quick.frame.schema["rx"] == pl.Int64
    context = CleaningContext(key=b"k", as_of=AT.date(), received_at=AT)
    by_number, by_text = (clean(schema, reading.frame, context) for reading in (quick, slow))
    assert by_number.rows.equals(by_text.rows)
    assert by_number.rejects.equals(by_text.rejects)


def test_gzip_of_one_and_of_several_members_is_read_whole_or_refused() -> None:
    one, other = gzip.compress(b"one\n"), gzip.compress(b"two\n")
    assert decompress("x.gz", one) == b"one\n"
    assert decompress("x.gz", one + other) == b"one\ntwo\n"
    for damaged in (one[:-3], one + other[:-3], one[:-6] + b"\0" + one[-5:], b"no gzip"):
        with pytest.raises(RefusedError, match="damaged"):
            decompress("x.gz", damaged)
