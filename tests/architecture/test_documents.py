"""What the texts for newcomers name is there: files, modules, words of the command, links.

Decisions are history and may name what was.
"""

import re
from pathlib import Path

import pytest

from orchestration.cli.main import WORDS

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
FOLDERS = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")} - {"build"}
# Folders and source files; what a home holds under the same names (`identity/answer`) bears neither a slash nor such an ending.
NAMED = re.compile(r"`([\w.<>*/-]+/|[\w.<>*/-]+/[\w.<>*-]+\.(?:py|sql|yaml|yml|csv|md|sh|json))`")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")
MODULE = re.compile(r"python -m ([a-z_.]+)")
WORD = re.compile(r"(?<!info )`yidang ([a-z][a-z-]*)")  # the info of a key is no word of the command


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_what_a_document_names_is_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    named = {path for path in NAMED.findall(text) if path.partition("/")[0] in FOLDERS}
    assert [path for path in sorted(named) if not is_there(path)] == []
    assert [link for link in LINK.findall(text) if not (document.parent / link).exists()] == []
    modules = {module.replace(".", "/") for module in MODULE.findall(text)}
    assert [m for m in modules if not ((ROOT / f"{m}.py").exists() or (ROOT / m / "__main__.py").exists())] == []
    assert set(WORD.findall(text)) <= set(WORDS)


def is_there(path: str) -> bool:
    """A file or folder, `<…>` standing for any name; a decision may be named by its number alone."""
    return any(ROOT.glob(re.sub(r"<[^>]+>", "*", path.rstrip("/")) + "*"))


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_every_word_of_the_command_is_in_the_readme(name: str) -> None:
    told = set(WORD.findall((ROOT / name).read_text(encoding="utf-8")))
    assert set(WORDS) - told - {"demo"} == set()  # the demo is the first of the two commands
