"""NDJSON: the quick way and the careful way give the same rows."""

import json

import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.readers.compression import decompress
from ingestion.readers.ndjson import read_ndjson

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
