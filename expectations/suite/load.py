"""Reads suite files into checks.

Not here: what a suite file may hold (suite/document.py), or Great Expectations itself (suite/gx_suite.py).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import yaml
from pydantic import ValidationError

from expectations.suite.check import CRITICAL, WARNING, Check, Suite
from expectations.suite.column_names import in_chinese, table_in_chinese
from expectations.suite.document import Block, LongCheck, SuiteDocument
from expectations.suite.expand import ShortForm, expand, structure

HERE = Path(__file__).resolve().parents[1]
SUITES = HERE / "suites"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same answers, ten times sooner
TABLE_WORDS = ("table", "other")
COLUMN_WORDS = ("column", "columns", "earlier", "later", "total", "parts")  # words of a claim that name columns
AMBIGUOUS = re.compile(r"(?<!\\)\$|\\[dDwWsSb]|\(\?")


class SuiteError(Exception):
    """A suite file cannot be used; the message names the file, the key and what was expected."""


def load_suites(folder: Path = SUITES) -> dict[str, Suite]:
    """Every suite of a folder, by table, in the order of the alphabet.

    Raises:
        SuiteError: when a file is malformed, or two checks have one code.
    """
    suites = {path.stem: load_suite(path) for path in sorted(folder.glob("*.yaml"))}
    if not suites:
        raise SuiteError(f"{folder}: no suite is there; a table without a suite must not be published")
    return suites


def load_suite(path: Path) -> Suite:
    """The suite of one file.

    Raises:
        SuiteError: when the file is malformed.
    """
    document = _read(path)
    checks = tuple(_checks(document))
    _refuse_ambiguous_patterns(path, checks)
    codes = [check.code for check in checks]
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        raise SuiteError(f"{path.name}: two checks have the code {twice[0]}; give each its own")
    return Suite(document.table, tuple(document.grain), checks, document.file, document.is_published_later)


def _refuse_ambiguous_patterns(path: Path, checks: Iterable[Check]) -> None:
    """Great Expectations reads a pattern as Python does, DuckDB as RE2 does; only what means the same in both may be used."""
    for check in checks:
        if found := AMBIGUOUS.search(str(check.kwargs.get("regex", ""))):
            raise SuiteError(f"{path.name}: {check.code}: {found[0]} in a pattern is ambiguous; write [0-9], or \\Z for the end")


def _read(path: Path) -> SuiteDocument:
    try:
        document = SuiteDocument.model_validate(yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER))  # noqa: S506 - a safe one
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise SuiteError(f"{path.name}: {'.'.join(str(part) for part in first['loc'])}: {first['msg']}") from error
    except yaml.YAMLError as error:
        raise SuiteError(f"{path.name}: not YAML: {str(error).splitlines()[0]}") from error
    if document.table != path.stem:
        raise SuiteError(f"{path.name}: table is {document.table!r}; expected {path.stem!r}, as the file is named")
    return document


def _checks(document: SuiteDocument) -> Iterator[Check]:
    for form in structure(document):
        yield _worded(form, document, CRITICAL)
    present = [column for column in document.grain if column not in document.grain_may_be_null]
    for form in (*expand(Block(required=present)), *expand(document.must)):
        yield _worded(form, document, CRITICAL)
    for form in expand(document.watch):
        yield _worded(form, document, WARNING)
    for check in document.checks:
        yield _long(check, document)


def _worded(form: ShortForm, document: SuiteDocument, severity: str) -> Check:
    """A short form with the words that stand for it."""
    words = {"table": document.table, "column": form.subject} | form.words
    chinese = words | {word: in_chinese(document.table, words[word]) for word in COLUMN_WORDS if word in words}
    chinese |= {word: table_in_chinese(words[word]) for word in TABLE_WORDS if word in words}
    told = _short_forms()[form.kind].items()
    texts = {name: text.format_map(chinese if name == "claim_zh" else words) for name, text in told}
    code = ".".join(part for part in (document.table, form.kind, form.subject) if part)
    return Check(
        code=code,
        dataset=document.table,
        expectation=form.expectation,
        kwargs=form.kwargs,
        severity=severity,
        tolerance=form.tolerance,
        dimension=texts["dimension"],
        owner=document.owner,
        claim_zh=texts["claim_zh"],
        claim_en=texts["claim_en"],
        debug_step=texts["debug"],
    )


def _long(check: LongCheck, document: SuiteDocument) -> Check:
    return Check(
        code=f"{document.table}.{check.code}",
        dataset=document.table,
        expectation=check.expect,
        kwargs=check.kwargs,
        severity=check.severity,
        tolerance=check.tolerance,
        dimension=check.dimension,
        owner=check.owner or document.owner,
        claim_zh=check.claim_zh,
        claim_en=check.claim_en,
        debug_step=check.debug,
    )


@cache
def _short_forms() -> Mapping[str, Mapping[str, str]]:
    forms: Mapping[str, Mapping[str, str]] = yaml.safe_load((HERE / "short_forms.yaml").read_text(encoding="utf-8"))
    return forms
