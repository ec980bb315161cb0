"""What may stand in yidang.toml, and what a mistake in it is called."""

from datetime import date
from pathlib import Path

import pytest

from ingestion.settings import SettingsError, load_settings

GOOD = """
[warehouse]
home = "./somewhere"
as_of = "2026-11-20"
[security]
key = "${TEST_YIDANG_KEY}"
[sources.property]
url = "postgresql://reader:${TEST_PASSWORD}@host/housing"
[sources.civil]
url = "https://host/api/v1"
token = "t"
"""


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TEST_YIDANG_KEY", "钥匙")
    monkeypatch.setenv("TEST_PASSWORD", "p@ss/w:rd")

    def write(text: str) -> Path:
        path = tmp_path / "yidang.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_good_file_is_typed_and_filled_in(write, tmp_path: Path) -> None:
    settings = load_settings(write(GOOD))
    assert settings.warehouse.home == (tmp_path / "somewhere").resolve()
    assert settings.warehouse.as_of == date(2026, 11, 20)
    assert settings.warehouse.engine == "duckdb"
    assert settings.security.key == "钥匙".encode()
    assert settings.sources.property is not None
    assert settings.sources.property.url == "postgresql://reader:p%40ss%2Fw%3Ard@host/housing"
    assert settings.sources.police is None
    assert "钥匙" not in repr(settings)
    assert "p%40ss" not in repr(settings)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('home = "./somewhere"', 'hoem = "x"', "[warehouse] unknown key 'hoem'; did you mean 'home'?"),
        ("[sources.civil]", "[sources.civi]", "unknown source [sources.civi]; did you mean 'civil'?"),
        ("[security]", "[securty]", "unknown key 'securty'; did you mean 'security'?"),
        ('token = "t"', 'tokn = "t"', "unknown key 'tokn'; did you mean 'token'?"),
        ('token = "t"', "", "[sources.civil] key 'token' is missing"),
        ('token = "t"', 'token = "t"\nmqtt = "mqtt://h"', "unknown key 'mqtt'"),
        ("TEST_YIDANG_KEY", "TEST_NOT_SET", "security.key needs the environment variable TEST_NOT_SET, which is not set"),
        ('key = "${TEST_YIDANG_KEY}"', 'key = " "', "[security] key:"),
        ('key = "${TEST_YIDANG_KEY}"', "", "[security] key 'key' is missing"),
        ("postgresql://", "mysql://", "[sources.property] url must begin with postgresql:// or sqlite://"),
        ('as_of = "2026-11-20"', 'as_of = "yesterday"', "[warehouse] as_of:"),
        ('as_of = "2026-11-20"', 'engine = "pandas"', "[warehouse] engine:"),
        ('as_of = "2026-11-20"', 'engine = "spark"', "[warehouse] engine: this version builds on duckdb only"),
        ("[sources.civil]", '[area_names]\n"99999" = "x"\n[sources.civil]', "[area_names"),
        ("[warehouse]", "[warehouse", "not valid TOML"),
    ],
)
def test_a_mistake_is_named_in_one_line(write, old: str, new: str, said: str) -> None:
    path = write(GOOD.replace(old, new, 1))
    with pytest.raises(SettingsError) as caught:
        load_settings(path)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value).strip()
    assert str(caught.value).startswith(str(path))
    assert "p@ss" not in str(caught.value)


def test_without_security_there_is_no_run(write) -> None:
    with pytest.raises(SettingsError, match=r"table \[security\] is missing"):
        load_settings(write('[warehouse]\nhome = "x"\n'))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"nowhere\.toml: no such file"):
        load_settings(tmp_path / "nowhere.toml")
