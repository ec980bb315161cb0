"""What the pages show adds up, for whoever looks."""

from datetime import date

import polars as pl
import pytest

from dashboards.repositories.query import Query
from dashboards.services import device, overview, population, quality
from dashboards.services.place import Place, load_places
from tests.published_street import AS_OF, COMMITTEES, MADE_AT, STREET
from tests.unit.dashboards.conftest import ReaderOf

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


def test_population_adds_up_over_pyramid_areas_and_figures(reader_of: ReaderOf) -> None:
    reader = reader_of("leader")
    places = load_places(reader, "population")
    counted = reader.read(Query("check", "population", f"select count(*) from resident where {LIVING}")).item()
    pyramid = population.load_pyramid(reader, Place(), "living", AS_OF.year)
    unknown, is_withheld = population.load_unknown(reader, Place(), "living", AS_OF.year)
    areas = population.load_areas(reader, Place(), places, "living", AS_OF.year)
    figures = {figure.name: figure for figure in population.load_totals(reader, Place(), "living", AS_OF.year)}
    assert pyramid["person_count"].sum() + unknown == counted
    assert unknown > 0
    assert not is_withheld
    table = population.by_band(pyramid)
    assert sum(total(text) for text in [*table["men"], *table["women"]]) == pyramid["person_count"].sum()
    assert areas["person_count"].sum() == counted == total(figures["实有人口"].value)
    assert areas["dwelling_count"].sum() == total(figures["房屋"].value)
    assert areas["vacant_count"].sum() == total(figures["空置"].value)
    cards = {card.definition.code: card for card in overview.load_cards(reader, "street", reader.person.area_code)}
    assert figures["60岁及以上"].note == f"占 {cards['ageing_60_rate'].value}"


def test_pyramid_has_every_band_of_both_sexes(reader_of: ReaderOf) -> None:
    pyramid = population.load_pyramid(reader_of("worker"), Place(committee=OWN), "registered", AS_OF.year)
    assert pyramid.height == 38
    assert pyramid["age_band"][0] == "90岁及以上"
    assert pyramid["age_band"][-1] == "0–4岁"


def test_estates_of_a_committee_add_up_to_it(reader_of: ReaderOf) -> None:
    reader = reader_of("leader")
    places = load_places(reader, "population")
    whole = population.load_areas(reader, Place(), places, "living", AS_OF.year)
    parts = population.load_areas(reader, Place(committee=OWN), places, "living", AS_OF.year)
    assert parts["person_count"].sum() == whole.filter(pl.col("area_code") == OWN)["person_count"].item()
    one = population.load_areas(reader, Place(OWN, "E1"), places, "living", AS_OF.year)
    assert one["area_name"].to_list() == ["东风一村"]


def test_dwellings_add_up_over_tenure_and_occupancy(reader_of: ReaderOf) -> None:
    reader = reader_of("leader")
    homes = population.load_dwellings(reader, Place())
    wide = population.across_occupancies(homes)
    assert (
        wide["合计"].sum()
        == homes["dwelling_count"].sum()
        == reader.read(Query("homes", "population", "select count(*) from dwelling")).item()
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
    areas = pl.DataFrame({"area_name": ["甲", "乙"], "person_count": [None, 20], "is_withheld": [True, False]})
    assert population.count_texts(areas)["person_count"].to_list() == ["—（少于10）", "20"]


def test_care_tags_are_for_their_role(reader_of: ReaderOf) -> None:
    tags = population.load_tags(reader_of("civil"), Place(), AS_OF.isoformat())
    assert tags["tag"].to_list() == ["低保"]
    assert total(tags["people"][0]) > 0
    assert not reader_of("leader").may("care")


def test_cards_have_value_period_change_rank_and_definition(reader_of: ReaderOf) -> None:
    cards = {card.definition.code: card for card in overview.load_cards(reader_of("leader"), "committee", OWN)}
    people = cards["population_living"]
    assert people.period == "2026年11月"
    assert people.change.endswith("人")
    assert people.rank.endswith("共 2 个")
    assert people.definition.sources == "公安、民政"
    assert cards["ageing_60_rate"].value.endswith("%")
    assert cards["ageing_60_rate"].change.endswith("个百分点")
    hidden = cards["lone_elder_count"]
    assert (hidden.value, hidden.change, hidden.rank) == ("—（少于10）", "", "")
    assert len(cards) <= overview.MOST_CARDS


def test_a_street_has_no_rank_among_streets_one_may_not_see(reader_of: ReaderOf) -> None:
    cards = overview.load_cards(reader_of("leader"), "street", STREET)
    assert cards
    assert {card.rank for card in cards} == {""}
    assert overview.load_cards(reader_of("worker"), "street", STREET) == []


def test_ranking_is_by_newest_value_and_only_of_names_given(reader_of: ReaderOf) -> None:
    names = {code: name for code, name in COMMITTEES.items() if code.startswith(STREET)}
    ranking = overview.load_ranking(reader_of("leader"), "committee", "population_living", names)
    assert ranking["rank"].to_list() == [1, 2]
    assert ranking["value"].is_sorted(descending=True)
    assert set(ranking["period"]) == {"2026-11"}
    assert overview.load_ranking(reader_of("leader"), "committee", "no_such", names).is_empty()


def test_devices_add_up_and_rates_leave_out_the_retired(reader_of: ReaderOf) -> None:
    states = device.load_states(reader_of("leader"), "")
    types = device.by_type(states)
    committees = device.by_committee(states, COMMITTEES)
    assert types["due"].sum() == committees["due"].sum()
    assert types.filter(pl.col("online_rate") != pl.col("online") / pl.col("due")).is_empty()
    assert types["retired"].sum() > 0
    figures = {figure.name: figure.value for figure in device.sum_up(types)}
    assert total(figures["在用设备"]) == types["due"].sum()


def test_heartbeats_make_a_share_per_day(reader_of: ReaderOf) -> None:
    days = device.load_online_days(reader_of("leader"), "", device.window_start(AS_OF, 7))
    assert days.height == 7
    assert days["online_rate"].is_between(0.7, 1.0).all()
    assert days["online_rate"].n_unique() > 1


def test_the_longest_silent_come_first(reader_of: ReaderOf) -> None:
    own = load_places(reader_of("worker"), "device")
    silent = device.load_silent(reader_of("worker"), own, ("", ""), MADE_AT)
    assert silent.height > 0
    assert silent["last_seen"].is_sorted()
    assert all(place.startswith("东风居委 · ") for place in silent["place"])
    assert "天" in silent["lasting"][0]
    only = device.load_silent(reader_of("leader"), own, ("", "gate"), MADE_AT)
    assert set(only["type"]) == {"智慧门禁"}


def test_alarms_are_counted_within_the_window(reader_of: ReaderOf) -> None:
    week, ever = (device.load_alarms(reader_of("leader"), "", since) for since in (device.window_start(AS_OF, 7), LONG_AGO))
    assert 0 < week["alarm_count"].sum() < ever["alarm_count"].sum()
    assert ever["alarm_count"].is_sorted(descending=True)
    assert set(ever["kind"]) == {"烟雾告警", "紧急呼叫", "设备防拆"}
    assert all(text.endswith("%") for text in ever["false_rate"])


@pytest.mark.parametrize("user", ["leader", "auditor"])
def test_quality_adds_up(reader_of: ReaderOf, user: str) -> None:
    reader = reader_of(user)
    figures = {figure.name: total(figure.value) for figure in quality.load_totals(reader)}
    assert figures["读取"] == figures["入库"] + figures["退回"] + figures["去重"]
    assert set(quality.load_batches(reader)["adds_up"]) == {"相符"}
    dimensions = quality.load_dimensions(reader)
    assert dimensions["dimension"][0] == "准确性"
    assert dimensions["pass_rate"].is_sorted()
    failures = quality.load_failures(reader)
    assert failures["rows"].to_list() == ["13 / 900"]
    issues = quality.load_issues(reader)
    assert quality.by_owner(issues).rows() == [("派出所", 13)]
    assert issues["name"][0] == "证件号码校验码错误"
