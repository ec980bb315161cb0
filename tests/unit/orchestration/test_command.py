"""The command's own manners: words, one-line errors, exit codes. Whole runs are in tests/integration."""

import subprocess
import sys
from pathlib import Path

import pytest

YIDANG = Path(sys.executable).parent / "yidang"
pytestmark = pytest.mark.slow  # each is a process of its own


def yidang(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([str(YIDANG), *arguments], capture_output=True, text=True, check=False, timeout=120)


def test_help_names_every_word() -> None:
    told = yidang("--help")
    assert told.returncode == 0
    assert {"demo", "run", "serve", "dagster", "status", "verify", "explain"} <= set(told.stdout.split())


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[warehouse]\nhome = "h"\n[security]\nkey = "${NOT_SET_ANYWHERE}"\n', "NOT_SET_ANYWHERE"),
        ('[warehouse]\nhome = "h"\n[security]\nkey = "0123456789abcdef"\n[sources.police]\nurll = "file:///x"\n', "urll"),
        ("[warehouse\n", "yidang.toml"),
    ],
)
def test_bad_configuration_is_one_line_with_its_name(tmp_path: Path, text: str, named: str) -> None:
    config = tmp_path / "yidang.toml"
    config.write_text(text, encoding="utf-8")
    told = yidang("status", "--config", str(config))
    assert told.returncode == 1
    assert named in told.stderr
    assert "Traceback" not in told.stderr
    assert len(told.stderr.strip().splitlines()) == 1


def test_verify_finds_a_new_home_sound(tmp_path: Path) -> None:
    config = tmp_path / "yidang.toml"
    config.write_text('[warehouse]\nhome = "h"\n[security]\nkey = "0123456789abcdef0123"\n', encoding="utf-8")
    told = yidang("verify", "--config", str(config))
    assert (told.returncode, told.stderr) == (0, "")
