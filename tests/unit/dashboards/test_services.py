"""What the pages show adds up, for whoever looks."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from dashboards.repositories.database import open_database
from dashboards.repositories.query import Query
from dashboards.repositories.reader import Reader
from dashboards.services import alarm, board, coverage, device, fleet_rate, flow, housing, population, quality, scorecard, welfare
from dashboards.services.definition import load_definitions
from dashboards.services.fact import Fact, month_before
from dashboards.services.place import Place, load_places
from dashboards.services.position import load_building_points, load_building_table, load_estate_points
from dashboards.services.waiting import load_waiting, waiting_lines
from tests.published_street import AS_OF, COMMITTEES, MADE_AT, STREET
from tests.unit.dashboards.conftest import ReaderOf

ROOT = Path(__file__).resolve().parents[3]
OWN = "319999001001"
LIVING = "status = 'active' and resident_category <> 'registered_living_elsewhere'"
LONG_AGO = date(2026, 1, 1)


def total(text: str) -> int:
    return int(text.replace(",", ""))


def test_places_are_the_persons_own(reader_of: ReaderOf) -> None:
    street, own = load_places(reader_of("leader"), "population"), load_places(reader_of("worker"), "population")
    assert list(street.committees.values()) == ["东风居委", "向阳居委"]
    assert street.own_name == "测试街道"
    assert not street.is_one_committee
    assert own.is_one_committee
    assert own.own_name == "东风居委"
    assert set(own.estates.values()) == {"东风一村", "东风二村"}
    assert set(street.estates_of("319999001002").values()) == {"向阳里"}


def test_population_adds_up_over_pyramid_and_unknown(reader_of: ReaderOf) -> None:
    reader = reader_of("leader")
    counted = reader.read(Query("check", "population", f"select count(*) from resident where {LIVING}")).item()
    pyramid = population.load_pyramid(reader, Place(), "living", AS_OF.year)
    unknown, is_withheld = population.load_unknown(reader, Place(), "living", AS_OF.year)
    assert pyramid["person_count"].sum() + unknown == counted
    assert unknown > 0
    assert not is_withheld
    table = population.by_band(pyramid)
    assert sum(total(text) for text in [*table["men"], *table["women"]]) == pyramid["person_count"].sum()


def test_the_registered_are_counted_where_they_are_registered(reader_of: ReaderOf) -> None:
    street, worker = reader_of("leader"), reader_of("worker")
    database = open_database(street.version.database)
    registered = database.query(
        """
        select place.committee_code, home.committee_code as home_code
        from resident_category as held
        inner join dwelling as home on held.dwelling_id = home.dwelling_id
        inner join dwelling as place on coalesce(held.registered_dwelling_id, held.dwelling_id) = place.dwelling_id
        where held.is_current and held.resident_category in ('registered_and_living', 'registered_living_elsewhere')
        """,
        {},
    )
    here = registered.filter(committee_code=OWN)
    assert here.filter(pl.col("home_code") != OWN).height > 0  # some live elsewhere, and are counted here
    for reader in (street, worker):
        pyramid = population.load_pyramid(reader, Place(committee=OWN), "registered", AS_OF.year)
        unknown, _ = population.load_unknown(reader, Place(committee=OWN), "registered", AS_OF.year)
        assert pyramid["person_count"].sum() + unknown == here.height


def test_pyramid_has_every_band_of_both_sexes(reader_of: ReaderOf) -> None:
    pyramid = population.load_pyramid(reader_of("worker"), Place(committee=OWN), "registered", AS_OF.year)
    assert pyramid.height == 38
    assert pyramid["age_band"][0] == "90岁及以上"
    assert pyramid["age_band"][-1] == "0–4岁"


def test_dwellings_add_up_over_tenure_and_occupancy(reader_of: ReaderOf) -> None:
    reader = reader_of("leader")
    homes = housing.load_dwellings(reader, Place())
    wide = housing.across_occupancies(homes)
    assert (
        wide["合计"].sum()
        == homes["dwelling_count"].sum()
        == reader.read(Query("homes", "housing", "select count(*) from dwelling")).item()
    )
    assert wide.columns[1] == "自住"
    assert {"商品房", "公房"} <= set(wide["tenure"])


def test_withheld_counts_are_told_as_such(reader_of: ReaderOf) -> None:
    pyramid = population.load_pyramid(reader_of("analyst"), Place("", "E3"), "living", AS_OF.year)
    small = pyramid.filter(pl.col("is_withheld"))
    assert small.height > 1
    assert small["person_count"].null_count() == small.height
    table = population.by_band(pyramid)
    assert [*table["men"], *table["women"]].count("—（少于10）") == small.height


def test_care_tags_are_for_their_role(reader_of: ReaderOf) -> None:
    tags = welfare.load_tags(reader_of("civil"), Place(), AS_OF.isoformat())
    assert tags["tag"].to_list() == ["低保"]
    assert total(tags["people"][0]) > 0
    assert not reader_of("leader").may("care")


def test_candidates_are_counted_by_benefit(reader_of: ReaderOf) -> None:
    whole, own = (welfare.load_candidates(reader_of("civil"), place) for place in (Place(), Place(committee=OWN)))
    assert whole["benefit"].to_list() == own["benefit"].to_list() == ["老年助餐"]
    assert total(own["people"][0]) < total(whole["people"][0])


def cards_of(reader: Reader, place: Place) -> dict[str, board.Card]:
    return {card.definition.code: card for card in board.load_cards(reader, place, board.board_of("overview")["cards"])}


def test_cards_have_value_period_change_rank_and_definition(reader_of: ReaderOf) -> None:
    cards = cards_of(reader_of("leader"), Place(committee=OWN))
    people = cards["population_living"]
    assert people.period == "2026年11月"
    assert people.change.startswith("较上月 ")
    assert people.change.endswith("人")
    assert people.rank.endswith("共 2 个")
    assert len(people.trend) == 2
    assert people.definition.sources == "公安、民政"
    assert cards["ageing_60_rate"].value.endswith("%")
    hidden = cards["lone_elder_count"]
    assert (hidden.value, hidden.change, hidden.rank, hidden.trend) == ("—（少于10）", "", "", ())
    assert len(cards) <= board.MOST_CARDS


def test_the_catalogue_begins_with_what_the_first_page_shows(reader_of: ReaderOf) -> None:
    known = load_definitions(reader_of("leader"))
    shown = [code for code in board.board_of("overview")["cards"] if code in known]
    assert list(known)[: len(shown)] == shown


def test_every_indicator_on_a_board_stands_in_the_catalogue() -> None:
    rows = (ROOT / "dbt_project" / "seeds" / "indicator" / "indicator_formula.csv").read_text(encoding="utf-8").splitlines()
    catalogue = {row.split(",")[0] for row in rows[1:]}
    boards = [board.board_of(page) for page in ("overview", "population", "housing", "welfare", "device", "quality")]
    assert all(len(shown["cards"]) <= board.MOST_CARDS for shown in boards)
    assert {code for shown in boards for code in [*shown["cards"], *shown["table"]]} <= catalogue
    assert {line["indicator"] for line in waiting_lines()} <= catalogue


def test_a_number_is_the_same_wherever_it_stands(reader_of: ReaderOf) -> None:
    reader = reader_of("leader")
    names = load_places(reader, "overview").committees
    ranking = board.load_ranking(reader, "committee", "population_living", names)
    areas = board.load_areas(reader, "committee", ["population_living"], names)
    for code, shown in ranking.select("area_code", "shown").iter_rows():
        place = Place(committee=code)
        assert (
            cards_of(reader, place)["population_living"].value == shown == board.load_values(reader, place)["population_living"]
        )
        assert areas.filter(pl.col("area_code") == code)["population_living"].item() == shown


def test_a_street_has_no_rank_among_streets_one_may_not_see(reader_of: ReaderOf) -> None:
    assert {card.rank for card in cards_of(reader_of("leader"), Place()).values()} == {""}
    worker = reader_of("worker")
    assert cards_of(worker, Place()) == cards_of(worker, Place(committee=OWN))


def test_ranking_is_by_newest_value_and_only_of_names_given(reader_of: ReaderOf) -> None:
    names = {code: name for code, name in COMMITTEES.items() if code.startswith(STREET)}
    ranking = board.load_ranking(reader_of("leader"), "committee", "population_living", names)
    assert ranking["rank"].to_list() == [1, 2]
    assert ranking["value"].is_sorted(descending=True)
    assert board.load_ranking(reader_of("leader"), "committee", "no_such", names).is_empty()


def test_a_share_is_drawn_beside_the_street_and_a_count_is_not(reader_of: ReaderOf) -> None:
    reader, names = reader_of("leader"), ("东风居委", "测试街道")
    share = board.load_trend(reader, Place(committee=OWN), "ageing_60_rate", names)
    assert share["area"].unique().sort().to_list() == sorted(names)
    assert share["period"].unique(maintain_order=True).to_list() == ["2026年10月", "2026年11月"]
    assert set(board.load_trend(reader, Place(committee=OWN), "dwelling_count", names)["area"]) == {"东风居委"}


def test_the_month_before_is_the_calendars() -> None:
    assert [month_before(period) for period in ("2026-01", "2026-11", "2026-11-20x", "")] == ["2025-12", "2026-10", "", ""]


def test_a_change_is_against_last_month_or_said_to_be_unknown(reader_of: ReaderOf) -> None:
    meaning = load_definitions(reader_of("leader"))["ageing_60_rate"]
    fact = Fact(30.0, is_withheld=False, numerator=None, period="2026-11", before=29.5, rank=None, peers=0, history=())
    assert board.change_text(fact, meaning) == "+0.5 个百分点"
    assert board.change_text(replace(fact, before=30.0), meaning) == "持平"
    assert board.change_text(replace(fact, before=None), meaning) == ""


def test_estates_stand_where_they_stand(reader_of: ReaderOf) -> None:
    reader = reader_of("leader")
    points = load_estate_points(reader, Place(), load_places(reader, "overview"), "population_living")
    assert points["area_name"].sort().to_list() == ["东风一村", "东风二村", "向阳里"]
    east = points.sort("x")
    assert east["y"].is_sorted()
    assert east["x"][1] - east["x"][0] == pytest.approx(285, abs=3)  # 0.003 degrees of longitude at 31.2 degrees north
    buildings = load_building_points(reader, Place(OWN, "E1"))
    assert buildings["area_name"].to_list() == ["1号楼"]
    assert load_building_table(reader, Place(OWN, "E1"))["lift"].to_list() == ["无"]
    assert load_building_points(reader_of("worker"), Place("319999001002", "E3")).is_empty()


def test_what_waits_leads_only_to_pages_of_the_person(reader_of: ReaderOf) -> None:
    assert load_waiting(reader_of("leader"), Place()) == []  # the fixture has none of the indicators that wait


def test_devices_add_up_and_rates_leave_out_the_retired(reader_of: ReaderOf) -> None:
    reader = reader_of("leader")
    states = device.load_states(reader, Place())
    types = device.by_type(states)
    committees = device.by_area(states, "committee", COMMITTEES)
    estates = device.by_area(states, "estate", load_places(reader, "device").estates)
    assert types["due"].sum() == committees["due"].sum() == estates["due"].sum()
    assert types.filter(pl.col("online_rate") != pl.col("online") / pl.col("due")).is_empty()
    assert types["retired"].sum() > 0
    one = device.by_type(device.load_states(reader, Place(OWN, "E1")))
    assert one["due"].sum() == estates.filter(pl.col("estate_id") == "E1")["due"].item()


def test_heartbeats_make_a_share_per_day(reader_of: ReaderOf) -> None:
    days = device.load_online_days(reader_of("leader"), Place(), device.window_start(AS_OF, 7))
    assert days.height == 7
    assert days["online_rate"].is_between(0.7, 1.0).all()
    assert days["online_rate"].n_unique() > 1
    of_estates = [
        device.load_online_days(reader_of("leader"), Place(OWN, estate), AS_OF)["online_rate"].item() for estate in ("E1", "E2")
    ]
    assert of_estates[0] != of_estates[1]


def test_a_silence_is_counted_to_the_end_of_the_day_that_the_data_tell_of() -> None:
    made_at = datetime(2026, 11, 22, 6, tzinfo=UTC)
    assert device.told_until(date(2026, 11, 20), made_at) == datetime(2026, 11, 20, 16, tzinfo=UTC)
    assert device.told_until(date(2026, 11, 22), made_at) == made_at


def test_the_longest_silent_come_first(reader_of: ReaderOf) -> None:
    own = load_places(reader_of("worker"), "device")
    silent = device.load_silent(reader_of("worker"), own, (Place(), ""), MADE_AT)
    assert silent.height > 0
    assert silent["last_seen"].is_sorted()
    assert all(place.startswith("东风居委 · ") for place in silent["place"])
    assert "天" in silent["lasting"][0]
    only = device.load_silent(reader_of("leader"), own, (Place(), "gate"), MADE_AT)
    assert set(only["type"]) == {"智慧门禁"}


def test_sets_add_up_by_member_and_name_the_places_that_lack_one(reader_of: ReaderOf) -> None:
    reader = reader_of("leader")
    members = coverage.load_members(reader, Place())
    assert coverage.set_names(members) == {"entrance_three": "楼道三件套", "home_four": "居家四件套"}
    assert (members["wanted"] == members["present"] + members["missing"]).all()
    places = load_places(reader, "device")
    lacking = coverage.load_places_lacking(reader, places, Place(), "entrance_three")
    wanted = members.filter(set_code="entrance_three")
    assert 0 < lacking.height == wanted["places"].sum()
    assert lacking["missing"].cast(pl.Int64).sum() == wanted["missing"].sum()
    own = coverage.load_members(reader_of("worker"), Place())
    assert 0 < own["wanted"].sum() < members["wanted"].sum()
    assert coverage.load_members(reader_of("analyst"), Place()).equals(members)


def test_bays_and_gates_are_told_by_the_streets_hours(reader_of: ReaderOf) -> None:
    reader, since = reader_of("leader"), device.window_start(AS_OF, 7)
    places = load_places(reader, "device")
    hours = flow.load_parking_hours(reader, Place(), since)
    assert hours["hour"].to_list() == [f"{hour:02}:00" for hour in range(24)]
    assert hours.filter(hour="08:00")["rate"].item() == pytest.approx(0.8)
    assert hours.filter(hour="20:00")["shown"].item() == "25.0%"
    assert set(flow.load_parking_estates(reader, Place(), places, since)["bays"]) == {"10"}
    gates = flow.load_gate_hours(reader, Place(), since)
    assert gates.filter(hour="08:00").row(0) == ("08:00", 90.0, "90.0", "3.0")
    by_estate = flow.load_gate_estates(reader, Place(OWN), places, since)
    assert by_estate["passes"].sum() < flow.load_gate_estates(reader, Place(), places, since)["passes"].sum()
    assert flow.load_gate_hours(reader_of("analyst"), Place(), since).equals(gates)


def test_three_rates_are_ranked_by_estate_and_month(reader_of: ReaderOf) -> None:
    reader = reader_of("leader")
    assert fleet_rate.load_fleets(reader) == {"gate": "智慧门禁"}
    rates = fleet_rate.rates_of(reader, "gate")
    assert list(rates) == ["gate_rate_1", "gate_rate_2", "gate_rate_3"]
    assert fleet_rate.load_months(reader, "estate", "gate_rate_1") == ["2026-11", "2026-10"]
    estates = load_places(reader, "device").estates
    newest, before = (fleet_rate.load_ranks(reader, estates, "estate", tuple(rates), month) for month in ("2026-11", "2026-10"))
    assert newest["value"].is_sorted(descending=True)
    assert newest["rank"].to_list() == [str(place) for place in range(1, newest.height + 1)]
    assert newest["value"].to_list() != before["value"].to_list()
    assert newest["gate_rate_1"].to_list() == [f"{value:,.1f}%" for value in newest["value"]]
    trend = fleet_rate.load_trends(reader, Place(), rates)
    assert trend.height == 6


def test_gaps_are_the_dwellings_without_a_detector(reader_of: ReaderOf) -> None:
    reader = reader_of("leader")
    gaps = coverage.load_smoke(reader, Place(), load_places(reader, "device"))
    equipped = reader.read(
        Query(
            "check",
            "device",
            "select count(distinct dwelling_id) from device where type = 'smoke' and state <> 'retired'",
            is_list=True,
        )
    ).item()
    assert gaps["missing"].is_sorted(descending=True)
    assert 0 < sum(total(text) for text in gaps["equipped"]) <= equipped
    homes = reader.read(Query("homes", "housing", "select count(*) from dwelling")).item()
    assert gaps["missing"].sum() + sum(total(text) for text in gaps["equipped"]) == homes
    assert sum(total(text) for text in gaps["dwellings"]) == homes


def test_alarms_are_counted_within_the_window(reader_of: ReaderOf) -> None:
    reader = reader_of("leader")
    week, ever = (alarm.load_kinds(reader, Place(), since) for since in (device.window_start(AS_OF, 7), LONG_AGO))
    assert 0 < week["alarm_count"].sum() < ever["alarm_count"].sum()
    assert ever["alarm_count"].is_sorted(descending=True)
    assert set(ever["kind"]) == {"烟雾告警", "紧急呼叫", "设备防拆"}
    assert all(text.endswith("%") for text in ever["false_rate"])
    parts = [alarm.load_kinds(reader, Place(OWN, estate), LONG_AGO)["alarm_count"].sum() for estate in ("E1", "E2")]
    assert sum(parts) == alarm.load_kinds(reader, Place(OWN), LONG_AGO)["alarm_count"].sum()


def test_the_funnel_goes_from_raised_to_closed(reader_of: ReaderOf) -> None:
    funnel = alarm.load_funnel(reader_of("leader"), Place(), LONG_AGO)
    assert funnel["step"].to_list() == ["产生", "派单", "派遣", "到场", "结案"]
    assert funnel["alarm_count"].is_sorted(descending=True)
    assert funnel["share"].to_list() == ["100.0%"] * 5
    assert funnel["median"].to_list()[:3] == ["—", "1.0", "1.0"]
    assert alarm.load_funnel(reader_of("leader"), Place(), AS_OF + timedelta(days=9)).is_empty()


def test_places_where_alarms_come_again_are_listed(reader_of: ReaderOf) -> None:
    reader = reader_of("worker")
    repeated = alarm.load_repeated(reader, Place(), load_places(reader, "device"), LONG_AGO)
    assert repeated.height > 0
    assert all(total(text) > 1 for text in repeated["alarms"])
    assert set(repeated["building"]) == {"1号楼"}
    assert all(place.startswith("东风居委 · ") for place in repeated["place"])


@pytest.mark.parametrize("user", ["leader", "auditor"])
def test_quality_adds_up(reader_of: ReaderOf, user: str) -> None:
    reader = reader_of(user)
    figures = {figure.name: total(figure.value) for figure in quality.load_totals(reader)}
    assert figures["读取"] == figures["入库"] + figures["退回"] + figures["去重"]
    assert set(quality.load_batches(reader)["adds_up"]) == {"相符"}
    dimensions = quality.load_dimensions(reader)
    assert dimensions["dimension"][0] == "准确性"
    assert dimensions["pass_rate"].drop_nulls().is_sorted()
    assert dimensions.row(-1, named=True) == {"dimension": "可访问性", "passed": 0, "failed": 0, "idle": 1, "pass_rate": None}
    failures = quality.load_failures(reader)
    assert failures.select("rows", "observed", "expected").rows() == [("13 / 900", "1.4%", "不超过 1.0%（1 次历史）")]
    issues = quality.load_issues(reader)
    assert quality.by_owner(issues).rows() == [("派出所", 13)]
    assert issues["name"][0] == "证件号码校验码错误"


def test_the_scorecard_says_what_it_is_made_of(reader_of: ReaderOf) -> None:
    reader = reader_of("leader")
    (street,) = scorecard.load_scores(reader, "street", load_places(reader, "overview")).to_dicts()
    assert (street["score"], street["grade"], street["trend"]) == ("99.71", "优", "→ 持平")
    assert (street["rows"], street["run"]) == ("4,487 / 4,500", "5 / 6")
    assert (street["accurate"], street["reachable"]) == ("98.56", "—")


def test_agreement_is_told_by_week_and_place_and_small_counts_as_the_role_may_see(reader_of: ReaderOf) -> None:
    weeks = list(scorecard.load_weeks(reader_of("leader")))
    assert weeks == ["2026-11-16", "2026-11-09"]
    address, name = scorecard.load_agreement(reader_of("leader"), "319999001001", weeks[0]).rows()  # the least agreement first
    assert name == ("民政", "公安", "姓名", "40", "0", "7", "100.0%")
    assert address == ("民政", "公安", "居住地址", "40", "1", "7", "97.6%")
    hidden = scorecard.load_agreement(reader_of("auditor"), "319999001001", weeks[0])
    assert set(hidden["unmatched"]) == {"—（少于10）"}
    assert set(hidden["rate"]) == {"—"}


def test_what_waits_leads_to_a_part_that_its_page_has() -> None:
    """A page runs when it is imported: its parts are read from its text."""
    found = [(line["page"], line["where"]) for line in waiting_lines() if "where" in line]
    assert found
    for page, where in found:
        text = (ROOT / "dashboards" / "app_pages" / f"{page}.py").read_text(encoding="utf-8")
        assert f'"{where["part"]}"' in text
