"""CSV as RFC 4180 has it, and as it really comes."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.readers.csv_text import read_csv
from ingestion.refusal import RefusedError

FIELDS = ["A", "B", "C"]


def read(text: str):
    return read_csv(text.encode("gb18030"), FIELDS, "A", "gb18030")


def test_lines_are_physical_and_broken_rows_keep_their_bytes() -> None:
    found = read("A,B,C\r\n1,2,3\r\n4,5\r\n\r\n中,文,字\r\n6,7,8,9")
    assert found.frame.rows() == [(2, "1", "2", "3"), (5, "中", "文", "字")]
    assert found.broken.select("_line", "rule", "original").rows() == [
        (3, "CSV-FIELD-COUNT", b"4,5"),
        (6, "CSV-FIELD-COUNT", b"6,7,8,9"),
    ]
    assert found.read_rows == 4
    assert found.original_of([5]) == ["中,文,字".encode("gb18030")]


def test_quotes_may_hold_commas_quotes_and_line_ends() -> None:
    found = read('A,B,C\r\n"a,1","b ""q""\r\nx",c\r\nd,e,f\r\n')
    assert found.frame.rows() == [(2, "a,1", 'b "q"\r\nx', "c"), (4, "d", "e", "f")]
    assert found.original_of([2]) == [b'"a,1","b ""q""\r\nx",c']


def test_an_open_quote_takes_no_good_row_with_it() -> None:
    found = read('A,B,C\r\n"open,2,3\r\n4,5,6\r\n7,8,9\r\n12"号,1,2\r\n')
    assert found.frame["A"].to_list() == ["4", "7", '12"号']
    assert found.broken.select("_line", "rule", "original").rows() == [(2, "CSV-QUOTE", b'"open,2,3')]


def test_bytes_that_are_no_text_break_only_their_row() -> None:
    data = b"A,B,C\r\n1,2,3\r\n" + b"4,\xff\xff,6\r\n7,8,9\r\n"
    found = read_csv(data, FIELDS, "A", "gb18030")
    assert found.frame["A"].to_list() == ["1", "7"]
    assert found.broken.select("rule", "original").rows() == [("CSV-ENCODING", b"4,\xff\xff,6")]


def test_columns_may_be_missing_added_or_in_another_order() -> None:
    found = read("X,c, A \n9,3,1\n")
    assert found.frame.columns == ["_line", "A", "C", "B"]
    assert found.frame.select("A", "B", "C").rows() == [("1", None, "3")]


@pytest.mark.parametrize(("text", "said"), [("B,C\n1,2\n", "column A"), ("A,A,B\n1,2,3\n", "stands there twice"), ("", "header")])
def test_a_header_that_cannot_be_used_refuses_the_file(text: str, said: str) -> None:
    with pytest.raises(RefusedError, match=said):
        read(text)


CELL = st.text(st.sampled_from('ab中"\r\n, ·1'), max_size=6)


@given(st.lists(st.tuples(CELL, CELL, CELL), max_size=12))
@settings(max_examples=150, deadline=None)
def test_whatever_a_csv_writer_writes_is_read_back(rows: list[tuple[str, str, str]]) -> None:
    written = io.StringIO(newline="")
    writer = csv.writer(written, quoting=csv.QUOTE_ALL)
    writer.writerow(FIELDS)
    writer.writerows(rows)
    found = read(written.getvalue())
    assert found.broken.is_empty()
    assert [tuple(cell or "" for cell in row) for row in found.frame.select(FIELDS).rows()] == rows


LINE = st.text(st.sampled_from('ab中",'), max_size=9)


@given(st.lists(LINE, max_size=12))
@settings(max_examples=150, deadline=None)
def test_no_line_is_ever_lost(lines: list[str]) -> None:
    found = read("\n".join(["A,B,C", *lines]))
    covered = set()
    for line in [*found.frame["_line"], *found.broken["_line"]]:
        rows = found.original_of([line])[0].count(b"\n") + 1
        assert not covered & set(range(line, line + rows))
        covered |= set(range(line, line + rows))
    assert covered >= {number for number, line in enumerate(lines, start=2) if line}
