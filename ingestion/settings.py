"""The typed content of `yidang.toml`: what may stand there, and one clear line for what may not.

Not here: which keys a source may have (its contract says so), or reaching a source (connectors).
"""

import difflib
import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, field_validator

from ingestion.contracts.loader import load_contracts
from ingestion.contracts.model import SourceContract
from ingestion.environment import MissingVariableError, fill_in


class SettingsError(ValueError):
    """A configuration that cannot be used: one line that names file, key and what to do."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Warehouse(_Strict):
    """Where and how the warehouse is kept; `as_of` null: the day of the run; `keep_versions`: published versions kept."""

    home: Path = Path("data")
    engine: Literal["duckdb", "spark"] = "duckdb"
    as_of: date | None = None
    keep_versions: int = Field(default=5, ge=1)


class Security(_Strict):
    """`key` is the key of vault, tokens and keyed digests, as the UTF-8 bytes of the configured text; never empty."""

    key: bytes = Field(min_length=1, repr=False)

    @field_validator("key", mode="before")
    @classmethod
    def _encode(cls, value: object) -> object:
        return value.strip().encode("utf-8") if isinstance(value, str) else value


class SourceSettings(_Strict):
    """Where one source is reached. `token` only for REST, `mqtt` only for the device platform's live feed."""

    url: str = Field(min_length=1, repr=False)
    token: str | None = Field(default=None, min_length=1, repr=False)
    mqtt: str | None = Field(default=None, min_length=1, repr=False)


class Sources(BaseModel):
    """The configured sources; one that is left out is null and simply not integrated. Further contracts appear as extras."""

    model_config = ConfigDict(extra="allow", frozen=True, hide_input_in_errors=True)
    __pydantic_extra__: dict[str, SourceSettings]
    property: SourceSettings | None = None
    police: SourceSettings | None = None
    civil: SourceSettings | None = None
    device: SourceSettings | None = None
    feedback: SourceSettings | None = None

    def get(self, source: str) -> SourceSettings | None:
        """The settings of a source by its contract's name; null when it is not configured."""
        found = getattr(self, source, None)
        return found if isinstance(found, SourceSettings) else None


class Reader(_Strict):
    """What one database role may read.

    `area`: everything ("*"), a street (nine digits) or a committee (twelve). `up_to`: the last sensitivity of columns it sees.
    """

    area: str = Field(pattern=r"^(\*|\d{9}(\d{3})?)$")
    up_to: Literal["public", "internal", "personal", "sensitive"] = "internal"


class Serving(_Strict):
    """The PostgreSQL database that every version is loaded into, and its readers by the name of their role."""

    url: str = Field(pattern=r"^postgres(ql)?://", repr=False)
    readers: dict[str, Reader] = {}


class Settings(_Strict):
    """The whole configuration; paths are absolute, `${NAME}` is filled in.

    `area_names`: names by the code of a street (nine digits) or a committee (twelve); without one the code is shown.
    `serving` null: versions are published as files only.
    `retention`: days of keeping by class, where the city sets its own (ingestion/retention/classes.yaml).
    `parameters`: what the city defines otherwise; which there are is told by dbt_project/parameters.yaml.
    """

    warehouse: Warehouse = Warehouse()
    area_names: dict[Annotated[str, StringConstraints(pattern=r"^\d{9}(\d{3})?$")], Annotated[str, Field(min_length=1)]] = {}
    parameters: dict[str, Any] = {}
    security: Security
    sources: Sources = Sources()
    retention: dict[str, Annotated[int, Field(ge=1)]] = {}
    serving: Serving | None = None


def load_settings(path: Path) -> Settings:
    """Read a configuration file; raises SettingsError with one line naming file and key."""
    content = _read(path)
    try:
        content = fill_in(content)
    except MissingVariableError as missing:
        raise SettingsError(f"{path}: {missing.place} needs the environment variable {missing.name}, which is not set") from None
    _require_known_sources(path, content)
    try:
        settings = Settings.model_validate(content)
    except ValidationError as error:
        lines = [_line(dict(problem)) for problem in error.errors(include_url=False)]
        raise SettingsError(f"{path}: {'; '.join(lines)}") from None
    _require_agreed_keys(path, settings)
    if settings.warehouse.engine != "duckdb":
        raise SettingsError(f'{path}: [warehouse] engine: this version builds on duckdb only; set engine = "duckdb"')
    home = (path.resolve().parent / settings.warehouse.home.expanduser()).resolve()
    return settings.model_copy(update={"warehouse": settings.warehouse.model_copy(update={"home": home})})


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise SettingsError(f"{path}: no such file; name your yidang.toml with --config") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read as UTF-8 text ({type(error).__name__})") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: not valid TOML: {error}") from None


def _require_known_sources(path: Path, content: dict[str, Any]) -> None:
    """A misspelt source must not be taken for one that is left out."""
    known = list(load_contracts())
    sources = content.get("sources", {})
    unknown = [name for name in sources if name not in known] if isinstance(sources, dict) else []
    if unknown:
        raise SettingsError(f"{path}: unknown source [sources.{unknown[0]}]{_hint(unknown[0], known)}")


def _require_agreed_keys(path: Path, settings: Settings) -> None:
    """Which keys and URL schemes a source has is told by its contract."""
    for name, contract in load_contracts().items():
        source = settings.sources.get(name)
        problem = _problem_of(source, contract) if source else None
        if problem:
            raise SettingsError(f"{path}: [sources.{name}] {problem}")


def _problem_of(source: SourceSettings, contract: SourceContract) -> str | None:
    given = [key for key in ("token", "mqtt") if getattr(source, key) is not None]
    allowed = [*contract.connector.required, *contract.connector.optional]
    missing = [key for key in contract.connector.required if key not in given]
    surplus = [key for key in given if key not in allowed]
    schemes = " or ".join(f"{scheme}://" for scheme in contract.connector.schemes)
    if missing:
        return f"key {missing[0]!r} is missing"
    if surplus:
        return f"unknown key {surplus[0]!r}; known here: {', '.join(['url', *allowed])}"
    if source.url.partition("://")[0] not in contract.connector.schemes or "://" not in source.url:
        return f"url must begin with {schemes}"
    return None


def _line(problem: dict[str, Any]) -> str:
    """One validation problem in words; values are never repeated, since they may be secrets."""
    place = [str(part) for part in problem["loc"]]
    table, key = ".".join(place[:-1]), place[-1] if place else ""
    where = f"[{table}] " if table else ""
    if problem["type"] == "extra_forbidden":
        return f"{where}unknown key {key!r}{_hint(key, _known_keys(place[:-1]))}"
    if problem["type"] == "missing":
        return f"{where}key {key!r} is missing" if table else f"table [{key}] is missing"
    return f"{where}{key}: {problem['msg']}"


def _known_keys(table: list[str]) -> list[str]:
    if table[:2] == ["serving", "readers"]:
        return list(Reader.model_fields)
    if len(table) > 1:
        connector = load_contracts()[table[1]].connector
        return ["url", *connector.required, *connector.optional]
    models: dict[str, type[BaseModel]] = {"warehouse": Warehouse, "security": Security, "serving": Serving}
    return list(models.get(table[0] if table else "", Settings).model_fields)


def _hint(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f"; did you mean {near[0]!r}?" if near else f"; known: {', '.join(known)}"
