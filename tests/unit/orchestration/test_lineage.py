"""Which columns of a query make which, on queries small enough to know the answer; what cannot be read is said, not guessed."""

from typing import Any

import pytest

from orchestration.documentation.lineage.given import Given, Words
from orchestration.documentation.lineage.graph import Graph
from orchestration.documentation.lineage.origin import Role
from orchestration.documentation.lineage.query import Query, UnresolvedError

TABLES = {"person": ("id", "name", "age", "phone", "kind"), "home": ("id", "person_id", "area", "city")}


def made_of(sql: str, column: str, given: Given = frozenset()) -> dict[str, Role]:
    """Columns of the relations, each with the strongest thing that it does."""
    found: dict[str, Role] = {}
    for origin in sorted(Query(sql, TABLES).origins(column, given), key=lambda origin: origin.role, reverse=True):
        found[f"{origin.relation}.{origin.column}"] = origin.role
    return {name: role for name, role in found.items() if not name.endswith(".None")}


def asked(column: str, *words: str) -> Given:
    return frozenset({(column, Words(frozenset(words)))})


def test_an_expression_is_made_of_its_columns_and_a_filter_takes_rows() -> None:
    sql = "select name || '!' as title from person where age > 3"
    assert made_of(sql, "title") == {"person.name": Role.VALUE, "person.age": Role.ROW}


def test_what_only_counts_is_made_of_what_takes_the_rows() -> None:
    assert made_of("select count(*) as n from person where age > 3", "n") == {"person.age": Role.VALUE}


def test_a_left_join_counts_only_where_its_right_side_is_used() -> None:
    sql = "select person.name, home.area from person left join home on person.id = home.person_id"
    assert made_of(sql, "name") == {"person.name": Role.VALUE}
    assert made_of(sql, "area") == {"home.area": Role.VALUE, "person.id": Role.ROW, "home.person_id": Role.ROW}


def test_an_inner_join_always_takes_rows() -> None:
    sql = "select person.name from person inner join home on person.id = home.person_id"
    assert made_of(sql, "name") == {"person.name": Role.VALUE, "person.id": Role.ROW, "home.person_id": Role.ROW}


LONG = """
    with told as (
        select id, 'name' as attribute, name as value from person
        union all select id, 'phone', phone from person
    )
"""


def test_one_attribute_of_a_long_table_is_told_from_the_others() -> None:
    for pivot in (
        "select max(case when attribute = 'name' then value end) as it from told",
        "select value as it from told where attribute in ('name', 'other')",
        "select value as it from told where attribute <> 'phone'",
    ):
        assert made_of(LONG + pivot, "it") == {"person.name": Role.VALUE}, pivot
    assert made_of(LONG + "select attribute, value from told", "value", asked("attribute", "phone")) == {
        "person.phone": Role.VALUE
    }
    assert set(made_of(LONG + "select value from told", "value")) == {"person.name", "person.phone"}


def test_a_word_in_front_of_what_is_not_known_tells_parts_apart_too() -> None:
    sql = "select kind || ':a' as measure, age as n from person union all select kind || ':b', phone from person"
    assert set(made_of(sql, "n", asked("measure", "old:a"))) == {"person.age"}


def test_a_window_is_made_of_what_it_sums_and_ordered_by_the_rest() -> None:
    sql = "select sum(age) over (partition by kind order by id) as it from person"
    assert made_of(sql, "it") == {"person.age": Role.VALUE, "person.kind": Role.ROW, "person.id": Role.ROW}


def test_a_window_sees_the_rows_that_were_not_asked_for() -> None:
    sql = LONG + ", ranked as (select attribute, max(value) over () as most from told) select attribute, most from ranked"
    assert set(made_of(sql, "most", asked("attribute", "name"))) == {"person.name", "person.phone"}


def test_a_query_inside_is_followed() -> None:
    sql = "select (select max(area) from home where home.person_id = person.id) as it from person"
    assert made_of(sql, "it") == {"home.area": Role.VALUE, "home.person_id": Role.ROW, "person.id": Role.ROW}


@pytest.mark.parametrize("sql", ["select from from", "select nothing_known from person, home", "create table a (b int)"])
def test_what_cannot_be_read_says_so(sql: str) -> None:
    with pytest.raises(UnresolvedError):
        Query(sql, TABLES).origins("it")


def test_a_model_that_cannot_be_read_is_taken_whole_and_named() -> None:
    def model(name: str, parent: str) -> dict[str, Any]:
        above = {"unique_id": name, "name": name, "resource_type": "model", "columns": {"a": {}, "b": {}}}
        return {**above, "depends_on": {"nodes": [parent]}}

    source = {"source_name": "run", "name": "area_name", "config": {"meta": {"external_location": "a_file"}}}
    manifest = {"nodes": {"low": model("low", "s"), "high": model("high", "low")}, "sources": {"s": source}}
    graph = Graph(manifest, {"low": "select area_code as a, area_name as b from a_file", "high": "select from from"})
    assert list(graph.unresolved) == ["high"]
    assert {(o.relation, o.column) for o in graph.origins("high", "a")} == {("low", "a"), ("low", "b")}
    assert graph.lineage([("high", "a")]).whole == ("high",)


def test_of_a_list_of_rules_only_the_columns_count_at_which_the_asked_rule_looks() -> None:
    sql = "select source_key as id from {owner} where not coalesce(array_contains(_issues, 'OWNER-NOT-PERSON'), false)"
    graph = Graph({"nodes": {}, "sources": {}}, {})
    owner = "landing.property.owner"
    origins = Query(sql.format(owner=f'"{owner}"'), {owner: graph.columns[owner]}).origins("id")
    issues = {origin.given for origin in origins if origin.column == "_issues"}
    assert issues == {asked("_issues", "OWNER-NOT-PERSON")}
    looked_at = {origin.column for origin in graph.origins(owner, "_issues", issues.pop())}
    every = {origin.column for origin in graph.origins(owner, "_issues")}
    assert looked_at == {"owner_name"}
    assert "mobile" in every


def test_the_way_ends_at_a_dictionary() -> None:
    word = {"resource_type": "model", "alias": "word", "name": "word", "columns": {}, "depends_on": {"nodes": []}}
    plain = Graph({"nodes": {"word": {**word, "unique_id": "word"}}, "sources": {}}, {"word": "select 1 as road"})
    marked = {**word, "unique_id": "word", "config": {"meta": {"is_dictionary": True}}}
    ended = Graph({"nodes": {"word": marked}, "sources": {}}, {"word": "select code as road from seen"})
    assert plain.columns["word"] == ended.columns["word"] == ("road",)
    assert ended.origins("word", "road") == frozenset()
