"""Of which columns of the source each landed column of a feed is made, as its schema says. Not here: rules (rule_scope)."""

from dataclasses import dataclass

from ingestion.cleaning.schema import load_schema
from ingestion.contracts.model import SourceContract


@dataclass(frozen=True)
class Made:
    """The source columns whose values a landed column holds, and those that only decide whether it is filled; feed and column."""

    of: frozenset[tuple[str, str]]
    tested: frozenset[tuple[str, str]] = frozenset()


def landed_columns(contract: SourceContract, feed: str) -> dict[str, Made]:
    """Every landed column of a feed (`entity`, or `entity.child`), by its name, but those that landing itself adds.

    What a member of a list takes from what stands around it (the key of its case) is a column of that feed.
    """
    schema, parent = load_schema(contract.source, feed), feed.partition(".")[0]
    own = {name: (f"{contract.source}.{parent}", name) for name in contract.entity(parent).fields}
    for child in contract.entity(parent).children:
        if feed == f"{parent}.{child.name}":
            own |= {name: (f"{contract.source}.{feed}", name) for name in child.fields}

    def agreed(names: frozenset[str]) -> frozenset[tuple[str, str]]:
        heads = (name.partition(".")[0] for name in names)  # of a member of an object, the object
        return frozenset(own[head] for head in heads if head in own)

    made = {"source_key": Made(agreed(frozenset(schema.key.columns)))}
    if schema.updated_at:
        made["source_updated_at"] = Made(agreed(frozenset({schema.updated_at.column})))
    if schema.withdrawn:
        made["is_withdrawn"] = Made(agreed(frozenset({schema.withdrawn})))
    for field in schema.fields:
        tested = field.tested()
        made |= {name: Made(agreed(of), agreed(tested.get(name, frozenset()))) for name, of in field.made_of().items()}
    return made
