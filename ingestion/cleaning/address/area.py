"""Area names before an address: province, city, district, street, committee. Not here: roads and estates (anchor)."""

import polars as pl

from ingestion.cleaning.reference import reference, words


def has_area(text: pl.Expr) -> pl.Expr:
    """Tells whether anything may be cut by `without_area`."""
    provinces = "|".join(words("addresses", "provinces"))
    return text.str.contains(rf"^(?:中国|中华|{provinces}|\D*?(?:[省市区县旗盟州镇乡]|街道))|委|网格")


def without_area(text: pl.Expr) -> pl.Expr:
    """Cuts area names from the front, doubled ones too, by the words at their ends: no list of names is needed.

    What could be a road's or an estate's own word (新区3幢, 铁镇路) is left where a number or a road word follows.
    """
    provinces = "|".join(words("addresses", "provinces"))
    upper, lower = reference("addresses")["upper_prefixes"], reference("addresses")["lower_prefixes"]
    for expression, kept in (*upper, *upper, *lower):
        text = text.str.replace(expression.replace("PROVINCES", provinces), kept)
    return text
