"""The shape of a source contract. Not here: the contracts themselves (YAML beside this file) and reading them (loader)."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from ingestion.contracts.forbidden import NeverEnters

Kind = Literal["database", "batch_folder", "rest", "folder"]
Mode = Literal["increment", "snapshot", "file_says"]


class _Strict(BaseModel):
    """Unknown keys in a contract are mistakes, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Owner(_Strict):
    """The department that answers for the source, in both languages."""

    zh: str
    en: str


class Connector(_Strict):
    """How the source is reached.

    `schemes` are the URL schemes that may stand in the configuration, `required` and `optional` the keys beside `url`.
    `overlap_days`: how far before the newest row an increment is read again, for rows that were committed late.
    """

    kind: Kind
    schemes: list[str]
    required: list[str] = []
    optional: list[str] = []
    overlap_days: int = 0
    encoding: str = "utf-8"


class Child(_Strict):
    """Rows nested in a field of their parent; `fields` are the names inside one nested object."""

    name: str
    field: str
    fields: list[str]


class Entity(_Strict):
    """One table, kind of file or resource of a source.

    `key` and `updated` name source fields (`updated` null: the feed has no update time; `key` null: a row is known by its file
    and line). `mode` tells whether a delivery is complete. `folder`, `pattern` and `sheet` are for files: the pattern is a
    regular expression on the path below the folder, and its group `snapshot`, if any, names the snapshot. `topic`: where the
    same rows also come as a live feed; null: nowhere. `prefilled`: fields that we filled in before the file was sent out: a row
    with nothing else is not filled in, and is no row. `whole_numbers`: fields that are read as Int64 from files of JSON in which
    all of them are whole numbers; from any other file they are read as text, like all fields.
    """

    name: str
    key: str | None
    updated: str | None = None
    mode: Mode
    fields: list[str]
    children: list[Child] = []
    is_deduplicated: bool = True
    folder: str = ""
    pattern: str | None = None
    sheet: str | None = None
    prefilled: list[str] = []
    whole_numbers: list[str] = []
    topic: str | None = None


class SourceContract(_Strict):
    """What one source system delivers, and what of it never enters.

    `forbidden` are names of this source's own; `never_enters` are the rules for every source, added by the loader.
    """

    source: str
    version: int
    owner: Owner
    connector: Connector
    forbidden: list[str] = []
    never_enters: NeverEnters = NeverEnters()
    entities: list[Entity]

    def entity(self, name: str) -> Entity:
        """The entity of that name; KeyError when the contract has none."""
        for entity in self.entities:
            if entity.name == name:
                return entity
        raise KeyError(f"{self.source} has no entity {name}")

    def is_forbidden(self, name: str) -> bool:
        """Whether a field of this name must be dropped at the door; the contract's own fields never are."""
        agreed = {field for entity in self.entities for field in entity.fields}
        agreed |= {field for entity in self.entities for child in entity.children for field in child.fields}
        return name not in agreed and (name in self.forbidden or self.never_enters.is_forbidden(name))

    def forbidden_fragments(self) -> list[str]:
        """Pieces of text of which at least one stands in any JSON text with a forbidden field."""
        return [*self.never_enters.fragments(), *(f'"{name}"' for name in self.forbidden)]
