"""What runs were answered is read back as it was, whatever came between; nothing of an erased person is."""

import random
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from identity.frames import ANSWER, REF, conform
from identity.log.answer_log import AnswerLog, AnswerLogError
from identity.log.erase import erase_from_answers
from identity.log.identity_log import IdentityLog
from identity.resolve.run import resolve
from identity.solution.store import SolutionStore
from tests.unit.identity.invented import DAY, KEY, frame, no_places
from tests.unit.identity.street import make_street

# Which record bears which identifier, and with what weight (null: it stands alone).
ANSWERED = st.dictionaries(
    st.integers(0, 6), st.tuples(st.sampled_from("abc"), st.none() | st.floats(-5, 30, allow_nan=False)), max_size=5
)


def _frames(answered: dict[int, tuple[str, float | None]]) -> dict[str, pl.DataFrame]:
    """Every table of an answer; of the residents these, of all else nothing."""
    rows = [("police", "SYRK", f"R{key}", name, weight) for key, (name, weight) in answered.items()]
    links = pl.DataFrame(rows, schema=[*REF, "resident_id", "match_weight"], orient="row")
    reviews = [
        {"review_id": f"v{key}", "left_system": "police", "left_entity": "SYRK", "left_key": f"R{key}"} for key in answered
    ]
    told = {"resident_link": links, "token": links.unique("resident_id", keep="any"), "review": pl.DataFrame(reviews)}
    empty = {name: pl.DataFrame(schema=columns) for name, (columns, _) in ANSWER.items()}
    return {name: conform(frame, ANSWER[name][0]).sort(*ANSWER[name][1]) for name, frame in (empty | told).items()}


@pytest.mark.slow  # thirty logs of up to five days
@given(st.lists(ANSWERED, min_size=1, max_size=5))
@settings(max_examples=30, deadline=None)
def test_every_run_is_told_again_what_it_was_told(days: list[dict[int, tuple[str, float | None]]]) -> None:
    with TemporaryDirectory() as folder:
        log, frames = AnswerLog(Path(folder)), [_frames(answered) for answered in days]
        for day, told in enumerate(frames):
            log.commit(told, f"run-{day}")
        for day, told in enumerate(frames):
            again = log.told(f"run-{day}")
            assert again.keys() == told.keys()
            assert all(again[name].equals(told[name]) for name in told)


def test_a_day_on_which_nothing_changed_costs_no_row(tmp_path: Path) -> None:
    log, told = AnswerLog(tmp_path), _frames({1: ("a", 2.0), 2: ("b", None)})
    log.commit(told, "first")
    second = log.commit(told, "second")
    assert sum(pl.read_parquet(path).height for path in second.glob("*.parquet")) == 0


def test_a_run_that_is_not_kept_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(AnswerLogError, match="run nobody"):
        AnswerLog(tmp_path).told("nobody")


def test_nothing_is_left_of_an_erased_person(tmp_path: Path) -> None:
    log = AnswerLog(tmp_path)
    log.commit(_frames({1: ("a", 2.0), 2: ("b", None), 3: ("a", 3.0)}), "first")
    log.commit(_frames({1: ("b", 2.0), 2: ("b", None)}), "second")
    assert erase_from_answers(tmp_path, frozenset({"a"}), frozenset({("police", "SYRK", "R1"), ("police", "SYRK", "R3")}))
    for run in ("first", "second"):
        told = log.told(run)
        assert told["resident_link"]["source_key"].to_list() == ["R2"]
        assert told["review"]["left_key"].to_list() == ["R2"]
        assert told["token"]["resident_id"].to_list() == ["b"]


@pytest.mark.slow
def test_an_earlier_answer_is_not_what_solving_again_would_give(tmp_path: Path) -> None:
    """Why answers are kept: a run carries weights of the run before; whoever solves the same records anew learns others."""
    differing = 0
    for seed in range(4):
        home, rows = tmp_path / str(seed), make_street(seed)
        log, store, answers = IdentityLog(home / "log"), SolutionStore(home / "solution"), AnswerLog(home / "answer")
        log.commit(resolve(frame(rows), no_places(), log, DAY, KEY, store=store).log_event, "first")
        for row in random.Random(seed).sample(rows, 2):  # noqa: S311 - invented data
            row["mobile"] = rows[0].get("mobile")
        told = resolve(frame(rows), no_places(), log, DAY + timedelta(days=1), KEY, store=store)
        answers.commit({name: getattr(told, name) for name in ANSWER}, "second")
        anew = resolve(frame(rows), no_places(), log, DAY + timedelta(days=1), KEY)
        differing += not anew.resident_link.equals(told.resident_link)
        assert answers.told("second")["resident_link"].equals(told.resident_link)
        assert answers.told("second")["review"].equals(told.review.sort("review_id"))
    assert differing
