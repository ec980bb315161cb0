"""The demo's yidang.toml and key, below its own folder."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

CIVIL_TOKEN = "demo-token"  # noqa: S105 - for the demo's own server on loopback

TEMPLATE = """# Written by `yidang demo`; change nothing here, make your own file from it.
[warehouse]
home = "{home}"
engine = "duckdb"
as_of = "{as_of}"

[security]
key = "${{YIDANG_KEY}}"

[area_names]
{area_names}

[sources.property]
url = "sqlite:///{sources}/property/housing.db"
[sources.police]
url = "file://{sources}/police"
[sources.civil]
url = "{civil}"
token = "{token}"
[sources.device]
url = "file://{sources}/device"
[sources.feedback]
url = "file://{sources}/feedback"
"""


def key_path(home: Path) -> Path:
    """Where the demo's key is kept."""
    return home / "security" / "demo.key"


def demo_key(home: Path) -> str:
    """The demo's own key: made once, readable by its owner only."""
    path = key_path(home)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
    return path.read_text(encoding="ascii")


def write_configuration(folder: Path, sources: Path, civil: str, as_of: str, names: Mapping[str, str]) -> Path:
    """Write the demo's configuration, with its home beside it, and name its key to the environment; gives the file's path."""
    home = folder / "home"
    os.environ["YIDANG_KEY"] = demo_key(home)
    path = folder / "yidang.toml"
    places = {"home": home.as_posix(), "sources": sources.as_posix(), "civil": civil}
    area_names = "\n".join(f'{code} = "{name}"' for code, name in names.items())
    text = TEMPLATE.format(**places, token=CIVIL_TOKEN, as_of=as_of, area_names=area_names)
    path.write_text(text, encoding="utf-8")
    return path
