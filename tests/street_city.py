"""A whole city for the slow tests: its five sources, its configuration, and the yidang command run on it as a user would.

Not here: what is asserted.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from ingestion.demo.civil_server import CivilServer
from ingestion.demo.files.property_tables import load_property
from ingestion.demo.increments import write_day
from ingestion.demo.street import Street, build_street
from ingestion.demo.write import write_sources

DAY = date(2026, 11, 20)
TOKEN = "test-token"
KEY = "a key that only the tests know"
YIDANG = Path(sys.executable).parent / "yidang"


@dataclass
class City:
    """A city in a folder; `property_url` empty: the SQLite file of the demo; `more`: further tables of yidang.toml."""

    folder: Path
    houses: int = 150
    seed: int = 11
    style: str = "block"
    property_url: str = ""
    fault_rate: float = 0.0
    dirt: float = 1.0
    more: str = ""
    street: Street = field(init=False)
    server: CivilServer = field(init=False)

    def __post_init__(self) -> None:
        """Write the first day of the sources and start civil affairs."""
        self.street = build_street(houses=self.houses, seed=self.seed, day=DAY, style=self.style, dirt=self.dirt)
        write_sources(self.street, self.sources)
        if self.property_url:
            load_property(
                {n.partition(".")[2]: t for n, t in self.street.tables.items() if n.startswith("property.")}, self.property_url
            )
        self.server = CivilServer(self.sources / "civil", TOKEN, fault_rate=self.fault_rate)
        self.server.start()
        self.write_configuration()

    @property
    def sources(self) -> Path:
        """Where the source systems keep their things."""
        return self.folder / "sources"

    @property
    def home(self) -> Path:
        """The warehouse's home."""
        return self.folder / "home"

    def write_configuration(self) -> None:
        """Write yidang.toml."""
        database = self.property_url or f"sqlite:///{self.sources}/property/housing.db"
        text = f"""
[warehouse]
home = "{self.home}"
[security]
key = "${{YIDANG_KEY}}"
[sources.property]
url = "{database}"
[sources.police]
url = "file://{self.sources}/police"
[sources.civil]
url = "{self.server.url}"
token = "${{CIVIL_TOKEN}}"
[sources.device]
url = "file://{self.sources}/device"
[sources.feedback]
url = "file://{self.sources}/feedback"
{self.more}
"""
        (self.folder / "yidang.toml").write_text(text, encoding="utf-8")

    def next_day(self, number: int) -> pl.DataFrame:
        """What the sources deliver on their n-th day; gives the changes."""
        return write_day(self.street, self.sources, number, property_url=self.property_url or None)

    def yidang(self, word: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run the command as its own process."""
        return self._run([word, "--config", str(self.folder / "yidang.toml"), *arguments])

    def yidang_group(self, group: str, word: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """The same for a word of a group, such as `package make`."""
        return self._run([group, word, "--config", str(self.folder / "yidang.toml"), *arguments])

    def _run(self, words: list[str]) -> "subprocess.CompletedProcess[str]":
        environment = os.environ | {"YIDANG_KEY": KEY, "CIVIL_TOKEN": TOKEN, "COLUMNS": "160"}
        command = [str(YIDANG), *words]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=600)

    def run(self, day: int = 1, expected: int = 0) -> str:
        """One run as of the n-th day; asserts the exit code and that no traceback is shown; gives what was printed."""
        as_of = (DAY + timedelta(days=day - 1)).isoformat()
        outcome = self.yidang("run", "--as-of", as_of)
        printed = outcome.stdout + outcome.stderr
        assert outcome.returncode == expected, printed
        assert "Traceback" not in printed
        return printed

    def version(self) -> str:
        """The current version's name."""
        return (self.home / "published" / "CURRENT").read_text(encoding="utf-8").strip()

    def manifest(self) -> dict[str, Any]:
        """The current version's manifest."""
        found: dict[str, Any] = json.loads(
            (self.home / "published" / self.version() / "manifest.json").read_text(encoding="utf-8")
        )
        return found

    def table(self, name: str) -> pl.DataFrame:
        """A table of the current version."""
        return pl.read_parquet(self.home / "published" / self.version() / "tables" / f"{name}.parquet")

    def truth(self, name: str) -> pl.DataFrame:
        """A table of the generator's truth."""
        return pl.read_parquet(self.sources / "truth" / f"{name}.parquet")

    def close(self) -> None:
        """Stop civil affairs."""
        self.server.stop()
