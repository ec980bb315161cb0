"""Makes the PostgreSQL schema look like the plan: tables, comments, row policies, grants.

Columns are added and never taken away: what stands in `curated_v1` is a promise to its readers.
Not here: rows (rows.py), or when this is done (load.py).
"""

from typing import Any

from psycopg import Connection, sql

from orchestration.serving.error import ServingError
from orchestration.serving.plan import Plan, Table
from orchestration.serving.rights import SCHEMA, load_rights

_OWN = f"""
create schema if not exists {SCHEMA};
revoke all on schema {SCHEMA} from public;
create table if not exists {SCHEMA}.version (version text not null, as_of date not null, created_at timestamp not null, loaded_at timestamp not null, structure text not null);
create table if not exists {SCHEMA}.loaded_table (table_name text primary key, sha256 text not null, row_count bigint not null);
create table if not exists {SCHEMA}.reader_area (reader text not null, area text not null, primary key (reader, area));
create or replace function {SCHEMA}.my_area() returns setof text language sql stable as $$
  select given.area from {SCHEMA}.reader_area as given
  join pg_catalog.pg_roles as known on known.rolname = given.reader
  where pg_catalog.pg_has_role(current_user, known.oid, 'usage')
$$;
comment on schema {SCHEMA} is 'Yidang: the published tables of the current version; rows by the reader''s area / 一档：当前发布版本的数据表，按区域授权';
comment on table {SCHEMA}.version is 'The one version that is loaded / 已装载的版本';
comment on table {SCHEMA}.loaded_table is 'Digest and rows of every table as it was loaded / 各表摘要与行数';
comment on table {SCHEMA}.reader_area is 'The areas each reader may see / 各读者可见区域';
"""  # noqa: E501 - one statement a line reads best
OWN_TABLES = ("version", "loaded_table", "reader_area")


def ensure_own(connection: Connection[Any]) -> None:
    """The schema with the tables that tell of itself."""
    connection.execute(_OWN)


def shape(connection: Connection[Any], plan: Plan) -> None:
    """Create and extend tables, then set policies, comments and grants.

    Raises:
        ServingError: when the version breaks the promise, or a reader's role is missing and may not be made here.
    """
    for table in plan.tables:
        _create(connection, table)
    for table in plan.tables:  # policies look into other tables
        _protect(connection, table)
        _describe(connection, table)
    _grant(connection, plan)


def _name(table: str) -> sql.Identifier:
    return sql.Identifier(SCHEMA, table)


def _create(connection: Connection[Any], table: Table) -> None:
    columns = sql.SQL(", ").join(sql.Identifier(c.name) + sql.SQL(" " + c.type) for c in table.columns)
    connection.execute(sql.SQL("create table if not exists {} ({})").format(_name(table.name), columns))
    index = sql.SQL("create index if not exists {} on {} ({})").format(
        sql.Identifier(f"{table.name}_grain"), _name(table.name), sql.SQL(", ").join(map(sql.Identifier, table.grain))
    )
    standing = _standing(connection, table.name)
    for column in table.columns:
        if column.name not in standing:
            add = sql.SQL("alter table {} add column {} " + column.type)
            connection.execute(add.format(_name(table.name), sql.Identifier(column.name)))
    wanted = {column.name: column.type for column in table.columns}
    for name, kind in standing.items():
        if wanted.get(name) != kind:
            has = f"as {wanted[name]}" if name in wanted else "no more"
            raise ServingError(
                f"table {table.name}, column {name} ({kind}): the version has it {has}, and {SCHEMA} keeps what it promised; "
                "bring the column back, or begin a new schema for its readers"
            )
    connection.execute(index)


def _standing(connection: Connection[Any], table: str) -> dict[str, str]:
    """The columns that stand there, with their types in PostgreSQL's words."""
    rows = connection.execute(
        "select attname, replace(format_type(atttypid, atttypmod), 'timestamp without time zone', 'timestamp')"
        " from pg_attribute where attrelid = to_regclass(%s) and attnum > 0 and not attisdropped order by attnum",
        [f"{SCHEMA}.{table}"],
    )
    return {str(name): str(kind) for name, kind in rows}


def _protect(connection: Connection[Any], table: Table) -> None:
    """Without a policy nobody but the owner sees a row."""
    connection.execute(sql.SQL("alter table {} enable row level security").format(_name(table.name)))
    connection.execute(sql.SQL("drop policy if exists area on {}").format(_name(table.name)))
    if table.policy:
        policy = sql.SQL("create policy area on {} for select using (" + table.policy.replace("{", "{{").replace("}", "}}") + ")")
        connection.execute(policy.format(_name(table.name)))


def _describe(connection: Connection[Any], table: Table) -> None:
    if table.comment:
        connection.execute(sql.SQL("comment on table {} is {}").format(_name(table.name), sql.Literal(table.comment)))
    for column in table.columns:
        if column.comment:
            place = sql.Identifier(SCHEMA, table.name, column.name)
            connection.execute(sql.SQL("comment on column {} is {}").format(place, sql.Literal(column.comment)))


def _grant(connection: Connection[Any], plan: Plan) -> None:
    """Take every right back, then give what the configuration names."""
    old = [str(row[0]) for row in connection.execute(f"select distinct reader from {SCHEMA}.reader_area").fetchall()]
    roles = {str(row[0]) for row in connection.execute("select rolname from pg_roles").fetchall()}
    for role in sorted({*old, *plan.readers} & roles):
        for kind in ("all tables in schema", "schema"):
            take = sql.SQL("revoke all on " + kind + " {} from {}")
            connection.execute(take.format(sql.Identifier(SCHEMA), sql.Identifier(role)))
    connection.execute(f"delete from {SCHEMA}.reader_area")
    for name, reader in plan.readers.items():
        if name not in roles:
            connection.execute(sql.SQL("create role {} nologin").format(sql.Identifier(name)))
        connection.execute(f"insert into {SCHEMA}.reader_area values (%s, %s)", [name, reader.area])
        _grant_reader(connection, plan, name, load_rights().up_to(reader.up_to))


def _grant_reader(connection: Connection[Any], plan: Plan, reader: str, sensitivities: frozenset[str]) -> None:
    role = sql.Identifier(reader)
    connection.execute(sql.SQL("grant usage on schema {} to {}").format(sql.Identifier(SCHEMA), role))
    for own in OWN_TABLES:
        connection.execute(sql.SQL("grant select on {} to {}").format(_name(own), role))
    for table in (table for table in plan.tables if table.policy):
        if seen := table.visible(sensitivities):
            columns = sql.SQL(", ").join(map(sql.Identifier, seen))
            connection.execute(sql.SQL("grant select ({}) on {} to {}").format(columns, _name(table.name), role))
