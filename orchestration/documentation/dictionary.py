"""The data dictionary in Chinese and English as one HTML file: tables, columns, claims, indicators with their way, feeds, rules.

Everything in it is generated from the contracts, schemas, models, suites and seeds of the project: nothing is written twice.
Not here: finding the way of an indicator (lineage), dbt's own pages (dbt_page.py).
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from expectations.suite.check import Suite
from expectations.suite.load import load_suites
from ingestion.cleaning.rule_scope import rule_scope
from ingestion.cleaning.rules import rule_catalogue
from ingestion.contracts.loader import load_contracts
from orchestration.documentation.dbt_page import META
from orchestration.documentation.lineage.graph import Graph, Lineage
from orchestration.documentation.lineage.origin import Role
from orchestration.warehouse.marts import mart_names, published_nodes
from orchestration.warehouse.project import PROJECT

_SEARCH = """
document.getElementById('search').addEventListener('input', function (event) {
  var text = event.target.value.toLowerCase();
  document.querySelectorAll('section.entry').forEach(function (entry) {
    entry.hidden = text !== '' && entry.textContent.toLowerCase().indexOf(text) < 0;
  });
});
"""
_PARTS = {"table": "数据表 Tables", "indicator": "指标 Indicators", "feed": "来源 Feeds", "rule": "规则 Rules"}


def dictionary_page(manifest: Mapping[str, Any], graph: Graph) -> str:
    """The whole page."""
    parts = {"table": _tables(manifest, graph), "indicator": _indicators(graph), "feed": _feeds(), "rule": _rules()}
    style = Path(__file__).with_name("style.css").read_text(encoding="utf-8")
    links = "".join(f'<a href="#{name}">{title}</a>' for name, title in _PARTS.items())
    body = "".join(f'<h2 id="{name}">{_PARTS[name]}</h2>{"".join(entries)}' for name, entries in parts.items())
    return (
        f'<!doctype html><html lang="zh-CN"><head>{META}<meta charset="utf-8"><title>一档 数据字典 Data dictionary</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{style}</style></head><body><h1>一档 数据字典 <span class=en>Data dictionary</span></h1><nav>{links}</nav>"
        f'<input id="search" placeholder="查找表、字段、指标、规则 / search" autocomplete="off">{body}'
        f"<script>{_SEARCH}</script></body></html>"
    )


def both(description: str) -> tuple[str, str]:
    """A description `English / 中文` as (Chinese, English)."""
    english, _, chinese = description.partition(" / ")
    return chinese, english


def _tables(manifest: Mapping[str, Any], graph: Graph) -> list[str]:
    suites, modelled = load_suites(), set(mart_names(manifest))
    return [
        _table(name, node, suites[name], graph if name in modelled else None) for name, node in published_nodes(manifest).items()
    ]


def _table(name: str, node: Mapping[str, Any], suite: Suite, graph: Graph | None) -> str:
    chinese, english = both(node["description"])
    rows = []
    for column, told in node["columns"].items():
        meta = told.get("meta") or told.get("config", {}).get("meta", {})
        facts = (told.get("data_type"), meta.get("unit"), meta.get("source"), meta.get("sensitivity"))
        rows.append((column, *both(told["description"]), *facts, _values(graph, name, column) if graph else ""))
    heads = ("字段 column", "说明", "description", "类型 type", "单位 unit", "来源 source", "敏感级 sensitivity", "取值 made of")
    way = _way(graph.lineage([(name, column) for column in node["columns"]])) if graph else ""
    grain = ", ".join(suite.grain)
    parts = [f"<p>主键 grain: <code>{escape(grain)}</code></p>", _grid(heads, rows), _claims(suite.checks), way]
    return _entry(f"t-{name}", name, chinese, english, parts)


def _claims(checks: Iterable[Any]) -> str:
    rows = [(c.code, c.claim_zh, c.claim_en, c.dimension, c.severity, c.owner) for c in checks]
    heads = ("检查 check", "要求", "claim", "维度 dimension", "程度 severity", "责任 owner")
    return _folded(f"质量要求 claims（{len(rows)}）", _grid(heads, rows))


def _indicators(graph: Graph) -> list[str]:
    entries = []
    for row in _seed("indicator/indicator_formula.csv"):
        named = [row[f"{part}_measure"] for part in ("numerator", "denominator") if row[f"{part}_measure"]]
        facts = [
            ("公式", row["formula_zh"]),
            ("formula", row["formula_en"]),
            ("单位 unit", row["unit"]),
            ("责任 owner", row["owner"]),
        ]
        facts += [("分子 ÷ 分母 measures", " ÷ ".join(named)), ("来源 sources", row["sources"])]
        parts = [_grid(("", ""), facts), _way(graph.lineage(measures=named))]
        entries.append(_entry(f"i-{row['indicator_code']}", row["indicator_code"], row["name_zh"], row["name_en"], parts))
    return entries


def _values(graph: Graph, table: str, column: str) -> str:
    """The columns of the sources whose values a published column holds."""
    found = graph.lineage([(table, column)], most=Role.VALUE).of(Role.VALUE)
    return "; ".join(f"{feed}: {', '.join(columns)}" for feed, columns in found.items())


def _way(found: Lineage) -> str:
    """From the columns of the sources, by what they do, over the models to the end."""
    told = {role: found.of(role) for role in Role}
    rows = [(feed, *(", ".join(told[role].get(feed, ())) for role in Role)) for feed in sorted(found.columns)]
    steps = " → ".join(f"<code>{escape(name)}</code>" for name in found.models)
    whole = f"<p>整表计入 taken whole: {escape(', '.join(found.whole))}</p>" if found.whole else ""
    return _folded(
        f"血缘：来源字段 {sum(len(columns) for columns in found.columns.values())} 个 lineage, column by column",
        _grid(("来源 feed", "取值 values", "决定取哪些行 rows", "决定归并 who is who"), rows) + whole + f"<p>{steps}</p>",
    )


def _feeds() -> list[str]:
    contracts = load_contracts()
    scope, entries = rule_scope(contracts.values()), []
    for (dataset,), rows in scope.group_by(["dataset"], maintain_order=True):
        columns: dict[str, list[str]] = {}
        for _, column, rule in rows.iter_rows():
            columns.setdefault(column, []).extend([rule] if rule else [])
        owner = contracts[str(dataset).partition(".")[0]].owner
        told = [(column, ", ".join(rules) or "—") for column, rules in columns.items()]
        entries.append(_entry(f"f-{dataset}", str(dataset), owner.zh, owner.en, [_grid(("字段 column", "规则 rules"), told)]))
    return entries


def _rules() -> list[str]:
    rows: list[tuple[str, ...]] = [
        (code, rule.zh, rule.en, rule.dimension, rule.severity) for code, rule in rule_catalogue().items()
    ]
    told = ("rule", "name_zh", "name_en", "dimension", "severity")
    rows += [tuple(row[name] for name in told) for row in _seed("quality/record_rule.csv")]
    return [f'<div class="wide">{_grid(("规则 rule", "说明", "meaning", "维度 dimension", "程度 severity"), rows)}</div>']


def _seed(path: str) -> list[dict[str, str]]:
    with (PROJECT / "seeds" / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _entry(anchor: str, name: str, chinese: str, english: str, parts: Iterable[str]) -> str:
    title = f"<h3><code>{escape(name)}</code> {escape(chinese)} <span class=en>{escape(english)}</span></h3>"
    return f'<section class="entry" id="{escape(anchor)}">{title}{"".join(parts)}</section>'


def _folded(title: str, content: str) -> str:
    return f"<details><summary>{escape(title)}</summary>{content}</details>"


def _grid(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in heads)
    lines = ("".join(f"<td>{escape('' if cell is None else str(cell))}</td>" for cell in row) for row in rows)
    return f"<table><tr>{head}</tr>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"
