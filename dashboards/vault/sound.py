"""How a name sounds: pinyin without tones, and its first letters. Surnames are read as surnames (单 as shan)."""

from functools import cache, lru_cache
from pathlib import Path

import yaml
from pypinyin import Style, lazy_pinyin


@lru_cache(maxsize=1 << 17)
def sound(name: str) -> str:
    """`张三丰` as `zhangsanfeng`; letters stay, in lower case."""
    return "".join(_syllables(name))


def first_letters(name: str) -> str:
    """`张三丰` as `zsf`."""
    return "".join(syllable[:1] for syllable in _syllables(name))


@lru_cache(maxsize=1 << 17)
def _syllables(name: str) -> tuple[str, ...]:
    own = _surnames()
    surname = next((name[:length] for length in (2, 1) if name[:length] in own and len(name) > length), "")
    rest = (part.lower() for part in lazy_pinyin(name[len(surname) :], style=Style.NORMAL))
    return (*((own[surname],) if surname else ()), *rest)


@cache
def _surnames() -> dict[str, str]:
    content: dict[str, str] = yaml.safe_load((Path(__file__).parent / "surnames.yaml").read_text(encoding="utf-8"))
    return content
