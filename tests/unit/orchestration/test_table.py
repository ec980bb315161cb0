"""Tables on the terminal lose nothing, however narrow it is."""

import io

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from orchestration.run.table import table_of

WORDS = st.text("abcdef.-地址电话", min_size=1, max_size=30)


def printed(width: int, *args: object) -> str:
    """What a terminal of this width shows of a table."""
    console = Console(file=io.StringIO(), width=width)
    console.print(table_of(*args))  # type: ignore[arg-type]
    return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]


@given(st.integers(40, 120), st.tuples(WORDS, WORDS))
def test_every_character_of_every_value_is_shown(width: int, words: tuple[str, str]) -> None:
    shown = printed(width, ("feed", "rule"), [words])
    assert sorted(shown.partition("─")[2].replace("─", "").split()) != []
    assert sorted("".join(words)) == sorted("".join(shown.rpartition("─")[2].split()))


def test_numbers_stand_to_the_right_in_thousands_and_null_is_empty() -> None:
    lines = printed(60, ("feed", "rows", "note"), [("a", 12345, None), ("b", 7, "x")]).splitlines()
    assert [line.split() for line in lines if line.strip()][-2:] == [["a", "12,345"], ["b", "7", "x"]]
    assert lines[-3].index("12,345") + len("12,345") == lines[-2].index("7") + 1
