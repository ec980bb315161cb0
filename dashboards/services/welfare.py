"""People by tag of care, and candidates of policies. Not here: counting (repositories/welfare.py)."""

import polars as pl

from dashboards.repositories.reader import Reader
from dashboards.repositories.welfare import read_candidates, read_tags
from dashboards.services.labels import label, names_of
from dashboards.services.language import say
from dashboards.services.place import Place
from dashboards.services.text import count


def load_tags(reader: Reader, place: Place, as_of: str) -> pl.DataFrame:
    """One row a care tag, most frequent first: `tag`, `person_count`, `people` (text)."""
    counted = read_tags(reader, place.committee, as_of).filter(pl.col("tag_code").is_in(list(names_of("care_tag"))))
    found = counted.filter(pl.col("person_count") > 0).sort("person_count", "tag_code", descending=[True, False])
    cells = found.select("tag_code", "person_count").iter_rows()
    rows = [(label("care_tag", code), people, count(people)) for code, people in cells]
    return pl.DataFrame(rows, schema={"tag": pl.String, "person_count": pl.Int64, "people": pl.String}, orient="row")


def load_candidates(reader: Reader, place: Place) -> pl.DataFrame:
    """One row a benefit × state, most first: `benefit`, `state`, `people`, as texts."""
    found = read_candidates(reader, place.committee).sort("person_count", "benefit_code", descending=[True, False])
    rows = [
        (
            say(row["benefit_name"]),
            label("entitlement_state", row["state"]),
            count(row["person_count"], is_withheld=row["is_withheld"]),
        )
        for row in found.filter(pl.col("person_count").fill_null(1) > 0).iter_rows(named=True)
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(("benefit", "state", "people"), pl.String), orient="row")
