"""How right the address engine is: every address of demo streets, against the dwelling that its text meant.

`python -m benchmarks.address_city --seed 31 --style lane --dirt 1 --dirt 4` prints right, wrong and not found by kind of
record and by form of text. A text is measured by itself: the
standard-address code beside it may teach old names, but does not tell its own dwelling.
Wrong is another dwelling than the one meant, and a grade that claims more than the text says.
Not here: how long it takes (benchmarks/address.py).
"""

from datetime import datetime, time

import click
import duckdb
import polars as pl

from benchmarks.address_models import PlaceModels, compile_place_models, open_warehouse, run_models
from ingestion.cleaning.context import CleaningContext
from ingestion.cleaning.digest import key_digests
from ingestion.cleaning.entity import clean
from ingestion.cleaning.schema import load_schema
from ingestion.demo.files.truth_files import truth
from ingestion.demo.street import Street, build_street

KEY = b"a key for measuring only"
STAGED = {
    "stg_property__estate": ("property.estate", "estate"),
    "stg_property__building": ("property.building", "building"),
    "stg_property__house": ("property.house", "house"),
    "stg_police__bzdz": ("police.BZDZ", "BZDZ"),
    "stg_police__syrk": ("police.SYRK", "SYRK"),
    "stg_civil__assistance_case": ("civil.assistance-cases", "assistance-cases"),
    "stg_civil__assistance_case_member": ("civil.members", "assistance-cases.member"),
    "stg_civil__disability_certificate": ("civil.disability-certificates", "disability-certificates"),
    "stg_civil__elderly_service": ("civil.elderly-services", "elderly-services"),
    "stg_civil__child_in_need": ("civil.children-in-need", "children-in-need"),
    "stg_device__register": ("device.register", "register"),
}
RESOLVED = """
select resolved.*, listed.address_text from int_address__resolved as resolved
inner join int_address__listed as listed using (source_system, source_entity, source_key, field)
"""
DWELLING = ("exact", "dwelling")
REF = ("source_system", "source_entity", "source_key", "field")
FINENESS = {"none": 0, "estate": 1, "gate": 1, "building": 2, "dwelling": 3, "exact": 3}


def staged_tables(street: Street) -> dict[str, pl.DataFrame]:
    """The street's records as the staging models would give them: cleaned, one row a key."""
    context = CleaningContext(KEY, street.day, datetime.combine(street.day, time(1)))
    return {name: _cleaned(street, table, entity, context) for name, (table, entity) in STAGED.items()}


def _cleaned(street: Street, table: str, entity: str, context: CleaningContext) -> pl.DataFrame:
    raw = street.tables[table]
    if table == "civil.members":
        raw = raw.join(street.tables["civil.assistance-cases"].select("caseId", "withdrawn", "modifiedAt"), "caseId")
    raw = raw.select(pl.exclude(pl.List)).cast(pl.String).with_columns(_line=pl.int_range(pl.len()))
    rows = clean(load_schema(table.split(".", maxsplit=1)[0], entity), raw, context).rows
    arrived = rows.with_columns(is_live=~pl.col("is_withdrawn"), _received_at=pl.lit(context.received_at))
    return arrived.unique("source_key", keep="last", maintain_order=True)


def meant_places(street: Street, staged: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """One row an address: its REF, the house, building and estate meant, the form, and the finest grade the text tells."""
    meant = truth(street)["address"].filter(pl.col("source_entity") != "BZDZ")
    digests = pl.Series(key_digests(meant["plain_key"], KEY), dtype=pl.String)
    is_digested = pl.col("source_entity") == "disability-certificates"
    keyed = meant.with_columns(source_key=pl.when(is_digested).then(digests).otherwise("plain_key"))
    members = staged["stg_civil__assistance_case_member"].select("source_key", "case_source_key")
    cases = pl.col("source_entity") == "assistance-cases"
    by_member = keyed.filter(cases).join(members, left_on="source_key", right_on="case_source_key", suffix="_member")
    by_member = by_member.with_columns(source_key="source_key_member").drop("source_key_member")
    whole = pl.concat([keyed.filter(~cases), by_member.select(keyed.columns)])
    whole = pl.concat([whole.filter(pl.col("source_entity") != "register"), _devices(whole, street)])
    return whole.with_columns(form=pl.col("kind").fill_null("plain")).unique(list(REF), keep="last")


def _devices(meant: pl.DataFrame, street: Street) -> pl.DataFrame:
    """Devices also hang on buildings and estates, and their register names the estate in a column of its own."""
    houses = street.world.places.houses.group_by("building").agg(only=pl.col("house").first(), count=pl.len())
    hung = street.tables["device.register"].select(source_key="deviceId", at_building="_building")
    placed = meant.filter(pl.col("source_entity") == "register").join(hung, "source_key", "left")
    placed = placed.join(houses, left_on="at_building", right_on="building", how="left")
    roomless = [house for house, elements in enumerate(street.world.places.elements) if not elements.room and not elements.part]
    is_shop = pl.col("dwelling").is_null() & (pl.col("count") == 1) & pl.col("only").is_in(roomless)
    told = (
        pl.when(is_shop)
        .then(pl.lit("dwelling"))
        .when(
            pl.col("dwelling").is_null() & pl.col("at_building").is_not_null() & (pl.col("kind").fill_null("") != "estate_only")
        )
        .then(pl.lit("building"))
        .when(pl.col("grade") == "none")
        .then(pl.lit("estate"))
        .otherwise("grade")
    )
    dwelling = pl.when(is_shop).then("only").otherwise("dwelling")
    return placed.with_columns(grade=told, dwelling=dwelling).select(meant.columns)


def place_truth(warehouse: duckdb.DuckDBPyConnection, street: Street) -> pl.DataFrame:
    """One row a dwelling cluster: the houses that its records are (`houses`); more than one is a false pair."""
    place = truth(street)["place"].filter(pl.col("kind") == "dwelling").select(*REF[:3], house="number").drop_nulls("house")
    matched = warehouse.sql("select * from int_place__matched where kind = 'dwelling'").pl()
    return matched.join(place, list(REF[:3])).group_by("cluster").agg(houses=pl.col("house").unique().sort())


def measure(street: Street, models: PlaceModels) -> tuple[pl.DataFrame, str]:
    """Resolve the street; every address with its verdict, and a line on the places themselves."""
    staged = staged_tables(street)
    with open_warehouse(models, staged) as warehouse:
        run_models(warehouse, models)
        warehouse.execute("update int_address__listed set standard_address_code = null")
        run_models(warehouse, models, ["int_address__resolved"])
        places = place_truth(warehouse, street)
        found = warehouse.sql(RESOLVED).pl()
    judged = judge(meant_places(street, staged), found, places)
    return judged, _told_places(places)


def _told_places(places: pl.DataFrame) -> str:
    mixed = int((places["houses"].list.len() > 1).sum())
    entry = places.explode("houses").group_by("houses").len()
    torn = entry.filter(pl.col("len") > 1).height
    return f"{entry.height:,} dwellings named by {places.height:,} clusters; in several clusters {torn}, mixed {mixed}"


def judge(meant: pl.DataFrame, found: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """Every address with `verdict`: right, wrong, not found, claims (more than it says), coarse (it names no dwelling)."""
    both = meant.rename({"grade": "told"}).join(found, list(REF))
    both = both.join(places, left_on="dwelling_cluster", right_on="cluster", how="left")
    is_dwelling, names_one = pl.col("grade").is_in(DWELLING), pl.col("told") == "dwelling"
    is_right = (pl.col("houses").list.len() == 1) & pl.col("houses").list.contains(pl.col("dwelling"))
    verdict = (
        pl.when(_rank("grade") > _rank("told"))
        .then(pl.lit("claims"))
        .when(~names_one)
        .then(pl.lit("coarse"))
        .when(is_dwelling & is_right.fill_null(value=False))
        .then(pl.lit("right"))
        .when(is_dwelling)
        .then(pl.lit("wrong"))
        .otherwise(pl.lit("not found"))
    )
    return both.with_columns(verdict=verdict)


def _rank(column: str) -> pl.Expr:
    """How fine a grade is; exact and dwelling are equally fine, and so are gate and estate: a plot's number tells an estate."""
    return pl.col(column).replace_strict(FINENESS, return_dtype=pl.Int8)


def table(judged: pl.DataFrame, by: str) -> pl.DataFrame:
    """Counts of the verdicts by one column; `share` is of the texts that name a dwelling."""
    verdicts = ("right", "wrong", "not found", "claims", "coarse")
    counts = judged.group_by(by).agg(*((pl.col("verdict") == name).sum().alias(name) for name in verdicts))
    named = pl.sum_horizontal("right", "wrong", "not found")
    return counts.with_columns(share=(pl.col("right") / named * 100).round(3)).sort(by)


@click.command()
@click.option("--houses", default=2000, show_default=True)
@click.option("--seed", "seeds", multiple=True, default=[1], type=int)
@click.option("--dirt", "dirts", multiple=True, default=[1.0, 4.0], type=float)
@click.option("--style", "styles", multiple=True, default=["lane", "block"])
@click.option("--show", default=0, help="how many addresses to show that were wrong or not found")
def main(houses: int, seeds: tuple[int, ...], dirts: tuple[float, ...], styles: tuple[str, ...], show: int) -> None:
    """Print the figures."""
    models = compile_place_models()
    parts = []
    for style in styles:
        for dirt in dirts:
            for seed in seeds:
                street = build_street(houses, seed, dirt=dirt, style=style)
                judged, places = measure(street, models)
                print(f"{style}, dirt {dirt:g}, seed {seed}: {places}; {_line(judged)}", flush=True)
                parts.append(judged.with_columns(setting=pl.lit(f"{style} {dirt:g}")))
                if show:
                    _show(street, judged, show)
    whole = pl.concat(parts)
    with pl.Config(tbl_rows=60, tbl_hide_dataframe_shape=True, tbl_hide_column_data_types=True):
        for by in ("setting", "source_entity", "form"):
            print(table(whole, by))


def _line(judged: pl.DataFrame) -> str:
    counts = dict(judged["verdict"].value_counts().iter_rows())
    named = sum(counts.get(name, 0) for name in ("right", "wrong", "not found"))
    wrong = counts.get("wrong", 0) + counts.get("claims", 0)
    return f"{named:,} name a dwelling: right {counts.get('right', 0) / named:.3%}, wrong {wrong}"


def _show(street: Street, judged: pl.DataFrame, count: int) -> None:
    """Texts of an invented street, for developers."""
    bad = judged.filter(pl.col("verdict").is_in(["wrong", "not found", "claims"]))
    for row in bad.head(count).iter_rows(named=True):
        house = row["dwelling"]
        meant = street.world.places.elements[house].text if house is not None else "(elsewhere)"
        print("  ", row["verdict"], row["form"], row["grade"], row["reason"], "|", row["address_text"], "| meant", meant)


if __name__ == "__main__":
    main()
