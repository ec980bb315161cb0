"""Landed feeds: of which columns of the source their columns are made. Not here: tables that Python makes (made.py)."""

from collections.abc import Iterable, Mapping

from ingestion.cleaning.landed_columns import landed_columns
from ingestion.cleaning.rule_scope import rule_scope
from ingestion.contracts.model import SourceContract
from ingestion.landing.columns import landed_dtypes, parts_of
from orchestration.documentation.lineage.given import NOTHING
from orchestration.documentation.lineage.origin import Origin, Role

Landed = Mapping[str, Mapping[str, frozenset[Origin]]]  # relation, column; the ends are columns of a feed
ISSUES = "_issues"


def landed_feeds(contracts: Iterable[SourceContract]) -> Landed:
    """Every landed feed; the relations of the origins are the feeds as contracts call them."""
    return {
        landed_name(contract.source, _table(entity.name, feed)): _columns(contract, feed)
        for contract in contracts
        for entity in contract.entities
        for feed in parts_of(entity).values()
    }


def rule_columns(contracts: Iterable[SourceContract]) -> Mapping[str, Mapping[str, frozenset[Origin]]]:
    """Every landed feed with the rules that cleaning may flag in it, each with the columns of the feed at which it looks."""
    found: dict[str, dict[str, frozenset[Origin]]] = {}
    for feed, column, rule in rule_scope(contracts).iter_rows():
        if rule is not None:
            source, _, entity = feed.partition(".")
            rules = found.setdefault(landed_name(source, _table(entity.partition(".")[0], entity)), {})
            rules[rule] = rules.get(rule, frozenset()) | {Origin(feed, column, NOTHING, Role.VALUE)}
    return found


def landed_name(source: str, table: str) -> str:
    """How a landed feed is called on the way, told apart from the feed itself."""
    return f"landing.{source}.{table}"


def _table(entity: str, feed: str) -> str:
    parent = entity.lower().replace("-", "_")
    return f"{parent}__{feed.rpartition('.')[2]}" if feed != entity else parent


def _columns(contract: SourceContract, feed: str) -> dict[str, frozenset[Origin]]:
    """What landing adds tells of the delivery, not of a column; the faults that cleaning found may be those of any."""
    made = landed_columns(contract, feed)
    origins = {
        landed: frozenset(
            {Origin(end, column, NOTHING, Role.VALUE) for end, column in found.of}
            | {Origin(end, column, NOTHING, Role.ROW) for end, column in found.tested - found.of}
        )
        for landed, found in made.items()
    }
    every = frozenset[Origin]().union(*origins.values())
    issues = {ISSUES: frozenset(Origin(o.relation, o.column, NOTHING, Role.VALUE) for o in every)}
    return dict.fromkeys(landed_dtypes(contract.source, feed), frozenset[Origin]()) | origins | issues
