"""Names: one form to show, one to compare, and nothing to compare where nobody is named."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.cleaning.name.personal import read_names

HAN = st.text(alphabet="伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞", min_size=1, max_size=3)


def read(text: str | None) -> dict[str, object]:
    return read_names(pl.Series([text], dtype=pl.String)).row(0, named=True)


@pytest.mark.parametrize(
    ("text", "name", "key"),
    [
        ("张三", "张三", "张三"),
        ("张　三", "张三", "张三"),
        ("张 三 ", "张三", "张三"),
        ("\u200b张三\t", "张三", "张三"),
        ("张三（户主）", "张三", "张三"),
        ("张伟先生", "张伟", "张伟"),
        ("张三1", "张三", "张三"),
        ("John  Smith", "John Smith", "JOHNSMITH"),
        ("Ｊｏｈｎ Smith", "Ｊｏｈｎ Smith", "JOHNSMITH"),
        ("买买提·艾力", "买买提·艾力", "买买提艾力"),
        ("买买提・艾力", "买买提·艾力", "买买提艾力"),
        ("买买提•艾力", "买买提·艾力", "买买提艾力"),
        ("买买提．艾力", "买买提·艾力", "买买提艾力"),
        ("买买提.艾力", "买买提·艾力", "买买提艾力"),
        ("买买提 艾力", "买买提艾力", "买买提艾力"),
        ("买买提 · 艾力", "买买提·艾力", "买买提艾力"),
        ("⼈杰", "⼈杰", "人杰"),
        ("欧阳锋", "欧阳锋", "欧阳锋"),
        ("䶮", "䶮", "䶮"),
        (None, None, None),
        ("", None, None),
    ],
)
def test_a_name_has_one_form_to_show_and_one_to_compare(text: str | None, name: str | None, key: str | None) -> None:
    row = read(text)
    assert (row["name"], row["name_key"]) == (name, key)


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("无", "is_placeholder"),
        ("不详", "is_placeholder"),
        ("待核实", "is_placeholder"),
        ("业主", "is_placeholder"),
        ("租客", "is_placeholder"),
        ("先生", "is_placeholder"),
        ("123", "is_placeholder"),
        ("张先生", "is_title_only"),
        ("欧阳女士", "is_title_only"),
        ("李阿姨", "is_title_only"),
        ("老王", "is_title_only"),
        ("张*", "is_hidden"),
        ("张某某", "is_hidden"),
        ("张XX", "is_hidden"),
        ("张伟,李芳", "is_several"),
        ("张伟/李芳", "is_several"),
    ],
)
def test_who_is_not_named_in_full_has_nothing_to_compare(text: str, flag: str) -> None:
    row = read(text)
    assert row[flag]
    assert row["name_key"] is None


@pytest.mark.parametrize(
    ("text", "key"),
    [("许?", "许?"), ("许〓", "许?"), ("许□", "许?"), ("许\ue863", "许?"), ("许(龙+天)伟", "许?伟"), ("周WEI", "周WEI")],
)
def test_a_lost_character_is_flagged_and_left_open(text: str, key: str) -> None:
    row = read(text)
    assert row["is_rare"]
    assert row["name_key"] == key


@pytest.mark.parametrize("text", ["示例物业服务有限公司", "示例街道社区服务中心", "示例村民委员会", "示例房管所"])
def test_an_organisation_is_told_from_a_person_and_keeps_its_name(text: str) -> None:
    row = read(text)
    assert row["is_organisation"]
    assert row["name_key"] == text


@settings(max_examples=20, deadline=None)
@given(st.sampled_from("王李张刘陈"), HAN, st.sampled_from([" ", "　", "\t", "\u200b", ""]))
def test_padding_never_changes_whom_a_name_means(surname: str, given_name: str, pad: str) -> None:
    assert read(surname + pad + given_name + pad)["name_key"] == surname + given_name
