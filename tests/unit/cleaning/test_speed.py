"""How much cleaning may cost, in seconds of processor time, so that a busy machine does not decide."""

import random
import time
from datetime import date, datetime

import polars as pl
import pytest

from ingestion.cleaning.address.parse import parse_addresses
from ingestion.cleaning.context import CleaningContext
from ingestion.cleaning.entity import clean
from ingestion.cleaning.schema import load_schema

pytestmark = pytest.mark.slow
CONTEXT = CleaningContext(b"k" * 32, date(2026, 11, 20), datetime(2026, 11, 20, 1))  # noqa: DTZ001 - UTC without zone by contract
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def number(dice: random.Random) -> str:
    body = f"319999{dice.randint(1930, 2020)}{dice.randint(1, 12):02d}{dice.randint(1, 28):02d}{dice.randint(1, 999):03d}"
    return body + "10X98765432"[sum(int(sign) * weight for sign, weight in zip(body, WEIGHTS, strict=True)) % 11]


def test_135_000_persons_are_cleaned_in_seconds() -> None:
    dice = random.Random(1)  # noqa: S311 - test data
    rows = [
        {
            "RYBH": f"R{place}",
            "XM": dice.choice("王李张刘陈") + dice.choice("伟芳娜秀英") + dice.choice("敏静丽强磊"),
            "ZJZL": "111",
            "ZJHM": number(dice) if place % 20 else f" {number(dice)} ",
            "HJDZ": f"东海市云洲区澄江路{place % 700 + 1}弄{place % 60 + 1}号{place % 6 + 1}0{place % 4 + 1}室",
            "XZZ": f"澄江路{place % 700 + 1}弄{place % 60 + 1}号{place % 6 + 1}0{place % 4 + 1}室",
            "LXDH": f"1{dice.randint(3, 9)}{dice.randint(0, 999_999_999):09d}",
            "CSRQ": "19900101",
            "GXSJ": "20261120083000",
        }
        for place in range(135_000)
    ]
    raw = pl.DataFrame(rows).with_columns(_line=pl.int_range(2, pl.len() + 2))
    started = time.process_time()
    cleaned = clean(load_schema("police", "SYRK"), raw, CONTEXT)
    assert time.process_time() - started < 6
    assert cleaned.rows.height == raw.height


def test_a_million_addresses_would_take_less_than_twenty_seconds_on_two_cores() -> None:
    texts = pl.Series([f"东海市云洲区澄江路{n % 997 + 1}弄{n % 131 + 1}号{n % 3000 + 101}室{n}" for n in range(100_000)])
    started = time.process_time()
    parsed = parse_addresses(texts)
    assert time.process_time() - started < 4
    assert parsed["road"].unique().to_list() == ["澄江路"]
