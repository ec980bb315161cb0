"""In which language the pages speak: Chinese, in which they are written, or English from the files *.en.yaml.

A text is asked for by its Chinese words, so the code reads as the page does; what the English file lacks stays Chinese.
Not here: names of codes (labels.py), numbers and times (text.py).
"""

import re
from collections.abc import Mapping
from contextvars import ContextVar
from functools import cache
from typing import Any

from dashboards.data_file import read_data

_GROUPS = {"text": "labels.en", "word": "words.en", "data": "data.en"}  # by Chinese words: the group, its file
_FILES = {**_GROUPS, "phrase": "data.en"}
_BLANK = "([0-9A-Za-z_.:-]+)"  # a key, a date or a number
_SIGNS = str.maketrans({"，": ", ", "；": "; ", "：": ": ", "、": ", ", "（": " (", "）": ")", "。": ". "})
CHINESE, ENGLISH = "中文", "English"  # as the switch shows them and the address keeps them
# One rerun is one thread, and every thread begins with its own: two officials never speak through one another.
_language: ContextVar[str] = ContextVar("language", default=CHINESE)


def use_language(name: object) -> None:
    """Speak this language for the rest of the rerun; anything unknown is Chinese."""
    _language.set(ENGLISH if name == ENGLISH else CHINESE)


def is_english() -> bool:
    """Whether the page at hand speaks English."""
    return _language.get() == ENGLISH


def say(chinese: str, **values: object) -> str:
    """The words in the page's language, with `{names}` filled in."""
    words = next((told for group in _GROUPS if (told := english_words(group).get(chinese))), chinese) if is_english() else chinese
    return words.format(**values) if values else words


def in_language(row: Mapping[str, Any], english: str, chinese: str) -> str:
    """What a row of the data bears in the page's language: the column with the English, the Chinese where that is empty."""
    return str((row.get(english) or chinese) if is_english() else chinese)


def signed(text: str) -> str:
    """Words that were put together by Chinese signs, with those of the page's language."""
    return text.translate(_SIGNS) if is_english() else text


def retell(sentence: str) -> str:
    """A sentence that the data put together, such as the evidence of a task: its phrases in the page's language."""
    words = say(sentence)
    if words != sentence or not is_english():
        return words
    for phrase, english in _phrases():
        words = phrase.sub(english, words)
    return signed(words)


@cache
def _phrases() -> list[tuple[re.Pattern[str], str]]:
    """Phrases and what stands for each, the longest first, so that none takes a part of another."""
    phrases = sorted(english_words("phrase").items(), key=lambda phrase: -len(phrase[0]))
    return [(re.compile(re.escape(chinese).replace(r"\{\}", _BLANK)), _filled(english)) for chinese, english in phrases]


def _filled(english: str) -> str:
    """With the place of every blank's value, in the order of the blanks."""
    head, *rest = english.split("{}")
    return head + "".join(rf"\g<{place}>{part}" for place, part in enumerate(rest, 1))


def english_words(group: str) -> dict[str, str]:
    """One group of the English files: `text`, `word`, `data` and `phrase` by Chinese words, every other by code."""
    file = _FILES.get(group, "codes.en")
    words: dict[str, str] = read_data(file).get(group, {})
    return words
