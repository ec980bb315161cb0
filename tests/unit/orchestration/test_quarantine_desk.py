"""The quarantine desk is asked for what there is not: it says so, and does not say that nothing was refused."""

from pathlib import Path

import pytest

from orchestration.quality.quarantine import by_rule, rows_of


def test_an_unknown_feed_is_named_with_those_that_there_are(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"no feed is called 'police.NOPE'; there are civil\.assistance-cases, .*police\.SYRK"):
        by_rule(tmp_path, "police.NOPE")


def test_an_unknown_rule_is_told(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no rule is called 'NOPE'"):
        rows_of(tmp_path, None, "NOPE")


def test_a_feed_of_which_nothing_was_refused_is_empty(tmp_path: Path) -> None:
    assert by_rule(tmp_path, "police.SYRK").is_empty()
    assert rows_of(tmp_path, "police.SYRK", "CSV-FIELD-COUNT").is_empty()
