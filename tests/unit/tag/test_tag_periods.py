"""Laws of the periods of tags, whatever records a source sends: `int_tag__untangled` on claims drawn at random."""

import itertools
from datetime import date, timedelta
from pathlib import Path

import duckdb
import jinja2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.slow
MODEL = Path(__file__).resolve().parents[3] / "dbt_project" / "models" / "intermediate" / "tag" / "int_tag__untangled.sql"
START = date(2020, 1, 1)
HORIZON = 24  # days; an open claim holds on the last of them too
SQL = jinja2.Environment(autoescape=False).from_string(MODEL.read_text(encoding="utf-8")).render(ref=lambda name: name)  # noqa: S701 - SQL, no page
Claim = tuple[int, int | None, str]

claims = st.lists(
    st.tuples(st.integers(0, 15), st.none() | st.integers(0, 8), st.sampled_from(["4/2", "4/3"])).map(
        lambda drawn: (drawn[0], None if drawn[1] is None else drawn[0] + drawn[1], drawn[2])
    ),
    min_size=2,
    max_size=6,
)


def day(number: int | None) -> date | None:
    return None if number is None else START + timedelta(days=number)


def untangled(drawn: list[Claim]) -> list[tuple[int, int, str]]:
    """First day, last day (the horizon where it is open) and value of each period, by its first day."""
    with duckdb.connect() as connection:
        connection.execute("""create table int_tag__claimed (resident_id varchar, tag_code varchar, tag_value varchar,
            valid_from date, valid_to date, dated_by varchar, source_system varchar, source_entity varchar, source_key varchar,
            rule varchar, claim_count bigint)""")
        rows = [
            ("r", "t", value, day(first), day(last), "source", "civil", "list", f"k{serial}", "rule", len(drawn))
            for serial, (first, last, value) in enumerate(drawn)
        ]
        connection.executemany("insert into int_tag__claimed values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        found = connection.execute(f"select valid_from, valid_to, tag_value from ({SQL}) order by valid_from").fetchall()
    return [((first - START).days, (last - START).days if last else HORIZON, value) for first, last, value in found]


def covers(claim: Claim, number: int) -> bool:
    return claim[0] <= number <= (HORIZON if claim[1] is None else claim[1])


@settings(max_examples=60, deadline=None)
@given(claims)
def test_no_two_periods_share_a_day_and_none_ends_before_it_begins(drawn: list[Claim]) -> None:
    periods = untangled(drawn)
    assert all(first <= last for first, last, _ in periods)
    assert all(one[1] < other[0] for one, other in itertools.pairwise(periods))


@settings(max_examples=60, deadline=None)
@given(claims)
def test_every_day_that_a_record_covers_has_the_value_of_the_record_that_began_last(drawn: list[Claim]) -> None:
    periods = untangled(drawn)
    for number in range(HORIZON + 1):
        told = [value for first, last, value in periods if first <= number <= last]
        newest = max((claim[0] for claim in drawn if covers(claim, number)), default=None)
        allowed = {claim[2] for claim in drawn if covers(claim, number) and claim[0] == newest}
        assert len(told) == (0 if newest is None else 1)
        assert set(told) <= allowed


@settings(max_examples=30, deadline=None)
@given(claims)
def test_the_order_in_which_records_come_changes_no_covered_day(drawn: list[Claim]) -> None:
    days = [{number for first, last, _ in untangled(some) for number in range(first, last + 1)} for some in (drawn, drawn[::-1])]
    assert days[0] == days[1]
