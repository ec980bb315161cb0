"""How stock Splink is set up for each data set: its documented examples where there are any, else settings in their style.

Comparisons, blocking rules, training rules; nothing of ours is built in. Not here: running them (stock_splink.py).
"""

from dataclasses import dataclass, replace
from typing import Any

import splink.comparison_library as cl
from splink import block_on


@dataclass(frozen=True)
class SplinkPlan:
    """Settings and training of one model; `thresholds` are those printed (Splink has no derived one)."""

    comparisons: tuple[Any, ...]
    predict_on: tuple[Any, ...]
    certain: tuple[Any, ...]
    recall: float
    train_on: tuple[Any, ...]
    thresholds: tuple[float, ...]


def febrl_plan() -> SplinkPlan:
    """The detailed model of Splink's own FEBRL 4 example, with the rules of both examples."""
    return SplinkPlan(
        comparisons=(
            cl.NameComparison("given_name").configure(term_frequency_adjustments=True),
            cl.NameComparison("surname").configure(term_frequency_adjustments=True),
            cl.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d", invalid_dates_as_null=True),
            cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
            cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(term_frequency_adjustments=True),
        ),
        predict_on=(
            block_on("given_name", "surname"),
            "l.given_name = r.surname and l.surname = r.given_name",
            block_on("date_of_birth"),
            block_on("soc_sec_id"),
            block_on("state", "address_1"),
            block_on("street_number", "address_1"),
            block_on("postcode"),
        ),
        certain=(block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth")),
        recall=0.8,
        train_on=(block_on("date_of_birth"), block_on("postcode")),
        thresholds=(0.5, 0.99),
    )


def town_plan() -> SplinkPlan:
    """In the documented style, on the same columns as ours gets: names, birth date, sex, number, one address."""
    return SplinkPlan(
        comparisons=(
            cl.NameComparison("first_name").configure(term_frequency_adjustments=True),
            cl.ExactMatch("middle_initial"),
            cl.NameComparison("last_name").configure(term_frequency_adjustments=True),
            cl.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d", invalid_dates_as_null=True),
            cl.ExactMatch("sex"),
            cl.DamerauLevenshteinAtThresholds("ssn", [1, 2]),
            cl.JaroWinklerAtThresholds("address", [0.92]).configure(term_frequency_adjustments=True),
        ),
        predict_on=(
            block_on("ssn"),
            block_on("date_of_birth", "substr(first_name, 1, 1)"),
            block_on("date_of_birth", "substr(last_name, 1, 1)"),
            block_on("first_name", "last_name"),
            block_on("address", "substr(first_name, 1, 1)"),
            block_on("address", "middle_initial"),
            block_on("last_name", "substr(first_name, 1, 2)", "middle_initial"),
        ),
        certain=(block_on("ssn", "first_name"), block_on("first_name", "last_name", "date_of_birth")),
        recall=0.7,
        train_on=(block_on("first_name", "last_name"), block_on("ssn"), block_on("date_of_birth")),
        thresholds=(0.5, 0.9, 0.99),
    )


def split_town_plan() -> SplinkPlan:
    """The town's plan as it is often first written: house number, street and unit as three pieces of evidence."""
    whole = town_plan()
    apart = (
        cl.ExactMatch("street_number"),
        cl.NameComparison("street_name").configure(term_frequency_adjustments=True),
        cl.ExactMatch("unit_number"),
    )
    return replace(whole, comparisons=(*whole.comparisons[:-1], *apart), thresholds=(0.9, 0.99))


def street_plan() -> SplinkPlan:
    """In the documented style, on a street's records: name, birth date, sex, document number, telephone, dwelling.

    Of the settings tried on seeds 1 and 2 these are the best and nearly the fastest for Splink: NameComparison takes two of three
    characters for a near name and merges two twin homes of three; near numbers bring no recall and cost three times the seconds.
    """
    return SplinkPlan(
        comparisons=(
            cl.JaroWinklerAtThresholds("name_key", [0.92]).configure(term_frequency_adjustments=True),
            cl.DateOfBirthComparison("born", input_is_string=True, datetime_format="%Y-%m-%d", invalid_dates_as_null=True),
            cl.ExactMatch("sex"),
            cl.ExactMatch("id_number"),
            cl.ExactMatch("mobile").configure(term_frequency_adjustments=True),
            cl.ExactMatch("dwelling_cluster").configure(term_frequency_adjustments=True),
        ),
        predict_on=(
            block_on("id_number"),
            block_on("name_key", "born"),
            block_on("name_key", "mobile"),
            block_on("name_key", "dwelling_cluster"),
            block_on("born", "dwelling_cluster"),
            block_on("mobile", "dwelling_cluster"),
            block_on("born", "mobile"),
        ),
        certain=(block_on("id_number", "name_key"), block_on("name_key", "born", "dwelling_cluster")),
        recall=0.8,
        train_on=(block_on("name_key", "born"), block_on("id_number"), block_on("dwelling_cluster")),
        thresholds=(0.9, 0.99),
    )


def near_number_street_plan() -> SplinkPlan:
    """The street's plan with near document numbers and Splink's comparison of names, as its examples do."""
    lean = street_plan()
    near = (
        cl.NameComparison("name_key").configure(term_frequency_adjustments=True),
        *lean.comparisons[1:3],
        cl.DamerauLevenshteinAtThresholds("id_number", [1, 2]),
        *lean.comparisons[4:],
    )
    return replace(lean, comparisons=near, thresholds=(0.99,))
