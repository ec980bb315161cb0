"""One later day under way: the tables as they change, and the list of what changed.

Not here: what happens (`later.events`).
"""

import dataclasses
import random
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import polars as pl

from ingestion.demo.chance import dice
from ingestion.demo.data_files import data
from ingestion.demo.dirt.soil import KEYS, Soiler
from ingestion.demo.sources.police import TIME
from ingestion.demo.sources.stamps import today
from ingestion.demo.street import Street
from ingestion.demo.world.person import Person
from ingestion.demo.world.registry import Registry

STAMPS = {"property": "updated_at", "police": "GXSJ", "civil": "modifiedAt"}
CHANGE = {"entity": pl.String, "key": pl.String, "kind": pl.String, "person": pl.Int64}


@dataclass
class Day:
    """A day that begins with the given street; `tables` and `people` are its own, the street is not touched.

    Args:
        street: the street as it stood the evening before.
        day: the new day.
    """

    street: Street
    day: date
    tables: dict[str, pl.DataFrame] = field(default_factory=dict)
    people: list[Person] = field(default_factory=list)
    changes: list[tuple[str, str, str, int | None]] = field(default_factory=list)
    late: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Copy what will change and open the day's streams of chance."""
        self.tables, self.people = dict(self.street.tables), list(self.street.world.people)
        stage = f"day.{self.day}"
        self.rng: random.Random = dice(self.street.seed, stage)
        self.registry = Registry(self.street.style, self.street.seed, self.day, stage, first=len(self.people))
        self.registry.office.given.update(number for person in self.people for number in (person.id_number, person.second_number))
        self.soiler = Soiler(
            self.street.seed, self.street.dirt, self.street.style, self.street.world.places.elements, self.people, stage
        )

    def count(self, event: str) -> int:
        """How often the event happens today."""
        rate = float(data("increments")[event])
        return max(1, round(rate * self.street.world.places.houses.height / 1000))

    def pick(self, entity: str, where: pl.Expr, count: int) -> list[dict[str, Any]]:
        """Up to so many rows of the entity that fit the condition, drawn without putting back."""
        rows = self.tables[entity].filter(where)
        places = sorted(self.rng.sample(range(rows.height), min(count, rows.height)))
        return rows[places].to_dicts()

    def stamp(self, entity: str) -> datetime | str:
        """A time of today in the form of the entity's source."""
        now = today(self.rng, self.day)
        system = entity.partition(".")[0]
        if system == "property":
            return now
        return now.strftime(TIME) if system == "police" else f"{now.isoformat()}+08:00"

    def touch(self, entity: str, row: dict[str, Any], kind: str, **values: Any) -> None:
        """Change one row by its key, stamp it with a time of today, and note the change."""
        key = KEYS[entity]
        system = entity.partition(".")[0]
        if system in STAMPS:
            values[STAMPS[system]] = self.stamp(entity)
        frame = self.tables[entity]
        hit = pl.col(key) == row[key]
        changed = [
            pl.when(hit).then(pl.lit(value, dtype=frame.schema[name])).otherwise(name).alias(name)
            for name, value in values.items()
        ]
        self.tables[entity] = frame.with_columns(changed)
        self.changes.append((entity, row[key], kind, row.get("_person")))

    def append(self, entity: str, rows: list[dict[str, Any]], kind: str) -> None:
        """Add new rows, soiled like all others, and note them."""
        if not rows:
            return
        schema = self.tables[entity].schema
        typed = {name: dtype for name, dtype in schema.items() if name in rows[0]}
        frame = self.soiler.soil(entity, pl.DataFrame(rows, schema=typed))
        self.tables[entity] = pl.concat([self.tables[entity], frame], how="diagonal")
        self.changes += [(entity, row[KEYS[entity]], kind, row.get("_person")) for row in rows]

    def become(self, number: int, **facts: Any) -> Person:
        """Give the person new facts and return the new version."""
        self.people[number] = dataclasses.replace(self.people[number], **facts)
        return self.people[number]

    def settle(self) -> None:
        """Take the persons that the registry made today among the people."""
        self.people += self.registry.people[len(self.people) - self.registry.first :]

    def changed_rows(self, entity: str) -> pl.DataFrame:
        """The rows of an entity that changed today, as they now stand."""
        keys = [key for name, key, kind, _ in self.changes if name == entity and kind != "vanished"]
        return self.tables[entity].filter(pl.col(KEYS[entity]).is_in(keys))

    def end(self) -> Street:
        """The street at the end of the day."""
        street = self.street
        return dataclasses.replace(
            street,
            day=self.day,
            world=dataclasses.replace(street.world, people=self.people),
            tables=self.tables,
            log=pl.concat([street.log, self.soiler.log_frame()]),
            tally=pl.concat([street.tally, self.soiler.tally_frame()]),
        )

    def change_frame(self) -> pl.DataFrame:
        """One row a changed record: entity, key, kind of event, person."""
        return pl.DataFrame(self.changes, schema=CHANGE, orient="row")
