"""Reads the source contracts. A new YAML file here is a new source: nothing else lists them."""

from functools import cache
from pathlib import Path

import yaml
from pydantic import ValidationError

from ingestion.contracts.forbidden import NeverEnters
from ingestion.contracts.model import SourceContract

FOLDER = Path(__file__).parent
NEVER_ENTERS = FOLDER / "rules" / "never_enters.yaml"


class ContractError(ValueError):
    """A contract file that cannot be used; the message names file and key."""


@cache
def load_contract(source: str) -> SourceContract:
    """The contract of one source, with the rules of what never enters."""
    path = FOLDER / f"{source}.yaml"
    if not path.exists():
        raise ContractError(f"no contract for source {source!r}: expected {path.name} in ingestion/contracts")
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    rules = NeverEnters(**yaml.safe_load(NEVER_ENTERS.read_text(encoding="utf-8")))
    try:
        contract = SourceContract(**content, never_enters=rules)
    except (ValidationError, TypeError) as error:
        raise ContractError(f"{path.name}: {error}") from error
    if contract.source != source:
        raise ContractError(f"{path.name}: source is {contract.source!r}, expected {source!r} as in the file's name")
    return contract


def load_contracts() -> dict[str, SourceContract]:
    """Every contract by source name, in the order of the names."""
    return {path.stem: load_contract(path.stem) for path in sorted(FOLDER.glob("*.yaml"))}
