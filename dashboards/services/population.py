"""People and dwellings in the shape of charts and tables. Not here: counting (repositories/population.py)."""

from functools import partial

import polars as pl

from dashboards.repositories.population import (
    read_age_sex,
    read_dwellings,
    read_dwellings_by_area,
    read_people_by_area,
    read_tags,
)
from dashboards.repositories.reader import Reader
from dashboards.services.figure import Figure
from dashboards.services.labels import label, names_of
from dashboards.services.overview import load_newest
from dashboards.services.place import Place, Places
from dashboards.services.text import count

SCOPES = {"living": "实有人口", "registered": "户籍人口"}
_SEX = {"1": "男", "2": "女"}
_OLDEST = 90
_BAND = 5
UNPLACED = "未落到小区或居委"


def load_pyramid(reader: Reader, place: Place, scope: str, year: int) -> pl.DataFrame:
    """One row an age band × sex: `age_from`, `age_band`, `sex`, `person_count` (null: withheld)."""
    counted = read_age_sex(reader, place.filters, scope, year).filter(
        pl.col("age_from") >= 0, pl.col("sex_code").is_in(list(_SEX))
    )
    bands = pl.DataFrame({"age_from": range(0, _OLDEST + 1, _BAND)}, schema={"age_from": pl.Int32})
    sexes = pl.DataFrame({"sex_code": list(_SEX)})
    whole = bands.join(sexes, how="cross").join(counted.cast({"age_from": pl.Int32}), on=["age_from", "sex_code"], how="left")
    is_empty = pl.col("is_withheld").is_null()
    return whole.select(
        "age_from",
        pl.when(pl.col("age_from") == _OLDEST)
        .then(pl.lit("90岁及以上"))
        .otherwise(pl.format("{}–{}岁", pl.col("age_from"), pl.col("age_from") + _BAND - 1))
        .alias("age_band"),
        pl.col("sex_code").replace_strict(_SEX).alias("sex"),
        pl.when(is_empty).then(0).otherwise(pl.col("person_count")).alias("person_count"),
        pl.col("is_withheld").fill_null(value=False),
    ).sort("age_from", "sex", descending=[True, False])


def load_unknown(reader: Reader, place: Place, scope: str, year: int) -> tuple[int, bool]:
    """People whose birth year or sex nobody knows, who are not in the pyramid; and whether a part of them is withheld."""
    counted = read_age_sex(reader, place.filters, scope, year)
    is_known = pl.col("age_from").is_not_null() & (pl.col("age_from") >= 0) & pl.col("sex_code").is_in(list(_SEX))
    unknown = counted.filter(~is_known.fill_null(value=False))
    return int(unknown["person_count"].sum() or 0), bool(unknown["is_withheld"].any())


def by_band(pyramid: pl.DataFrame) -> pl.DataFrame:
    """The pyramid as a table, oldest first: `age_band`, `men`, `women` as texts."""
    text = [count(value, is_withheld=hidden) for value, hidden in pyramid.select("person_count", "is_withheld").iter_rows()]
    cells = pyramid.with_columns(pl.Series("text", text, dtype=pl.String))
    sides = [pl.col("text").filter(pl.col("sex") == sex).first().alias(name) for sex, name in (("男", "men"), ("女", "women"))]
    return cells.group_by("age_band", maintain_order=True).agg(*sides)


def load_areas(reader: Reader, place: Place, places: Places, scope: str, year: int) -> pl.DataFrame:
    """One row a committee, or an estate of the chosen committee: names and counts; empty places stay, with 0."""
    level = place.parts_level
    shown = places.committees if level == "committee" else places.estates_of(place.committee)
    shown = {code: name for code, name in shown.items() if place.estate in ("", code)}
    areas = pl.DataFrame(
        {"area_code": list(shown), "area_name": list(shown.values())}, schema={"area_code": pl.String, "area_name": pl.String}
    )
    people = read_people_by_area(reader, place.filters, level, scope, year).with_columns(pl.col("area_code").cast(pl.String))
    homes = read_dwellings_by_area(reader, place.filters, level).with_columns(pl.col("area_code").cast(pl.String))
    joined = areas.join(people, on="area_code", how="full", coalesce=True).join(
        homes, on="area_code", how="full", coalesce=True, nulls_equal=True
    )
    counts = ["person_count", "elder_count", "migrant_count", "dwelling_count", "rented_count", "vacant_count"]
    is_withheld = pl.col("is_withheld").fill_null(value=False)
    zero = [
        pl.when(is_withheld).then(pl.col(name)).otherwise(pl.col(name).fill_null(0)).cast(pl.Int64).alias(name) for name in counts
    ]
    return joined.select("area_code", pl.col("area_name").fill_null(UNPLACED), *zero, is_withheld).sort(
        "dwelling_count", "area_name", descending=[True, False]
    )


def load_dwellings(reader: Reader, place: Place) -> pl.DataFrame:
    """One row a tenure × occupancy with Chinese names: `tenure`, `occupancy` (in the code list's order), `dwelling_count`."""
    order = names_of("occupancy")
    counted = read_dwellings(reader, place.filters)
    place_in_order = pl.col("occupancy").map_elements(
        lambda code: list(order).index(code) if code in order else len(order), return_dtype=pl.Int64
    )
    named = [pl.col(group).map_elements(partial(label, group), return_dtype=pl.String) for group in ("tenure", "occupancy")]
    return counted.sort(place_in_order, "tenure").select(*named, "dwelling_count")


def across_occupancies(homes: pl.DataFrame) -> pl.DataFrame:
    """One row a tenure, largest first; a column an occupancy that occurs, by its Chinese name, and 合计."""
    wide = homes.pivot(
        "occupancy", index="tenure", values="dwelling_count", aggregate_function="sum", maintain_order=True
    ).fill_null(0)
    return wide.with_columns(pl.sum_horizontal(pl.exclude("tenure")).alias("合计")).sort(
        "合计", "tenure", descending=[True, False]
    )


def load_tags(reader: Reader, place: Place, as_of: str) -> pl.DataFrame:
    """One row a care tag, most frequent first: `tag`, `people` (text)."""
    counted = read_tags(reader, place.committee, as_of).filter(pl.col("tag_code").is_in(list(names_of("care_tag"))))
    found = counted.filter(pl.col("person_count") > 0).sort("person_count", "tag_code", descending=[True, False])
    rows = [(label("care_tag", code), count(people)) for code, people in found.select("tag_code", "person_count").iter_rows()]
    return pl.DataFrame(rows, schema={"tag": pl.String, "people": pl.String}, orient="row")


def count_texts(areas: pl.DataFrame) -> pl.DataFrame:
    """Every count as a text; withheld ones say so."""
    names = [name for name in areas.columns if name.endswith("_count")]
    texts = [
        pl.Series(name, [count(value, is_withheld=hidden) for value, hidden in areas.select(name, "is_withheld").iter_rows()])
        for name in names
    ]
    return areas.with_columns(texts)


def load_totals(reader: Reader, place: Place, scope: str, year: int) -> list[Figure]:
    """The page's figures."""
    people = _only_row(read_people_by_area(reader, place.filters, "all", scope, year))
    homes = _only_row(read_dwellings_by_area(reader, place.filters, "all"))
    hidden, all_people, all_homes = bool(people.get("is_withheld")), people.get("person_count", 0), homes.get("dwelling_count", 0)
    rates = _rates(reader, place)
    return [
        Figure(SCOPES[scope], count(all_people, is_withheld=hidden), "人"),
        Figure(
            "60岁及以上",
            count(people.get("elder_count", 0), is_withheld=hidden),
            "人",
            rates.get("ageing_60_rate", "") if scope == "living" else "",
        ),
        Figure("房屋", count(all_homes), "套"),
        Figure("空置", count(homes.get("vacant_count", 0)), "套", rates.get("vacancy_rate", "")),
        Figure("出租", count(homes.get("rented_count", 0)), "套", rates.get("rental_rate", "")),
    ]


def _rates(reader: Reader, place: Place) -> dict[str, str]:
    """The indicators of the place as texts, by code: a share is never counted a second time, with another denominator."""
    person = reader.person
    level, code = ("committee", place.committee) if place.committee else (person.area_level, person.area_code)
    level, code = ("estate", place.estate) if place.estate else (level, code)
    return {name: f"占 {value}" for name, value in load_newest(reader, level, code).items()} if reader.may("overview") else {}


def _only_row(frame: pl.DataFrame) -> dict[str, int | None]:
    return frame.row(0, named=True) if frame.height else {}
