"""In which language the pages speak: Chinese, in which they are written, or English from the files *.en.yaml.

A text is asked for by its Chinese words, so the code reads as the page does; what the English file lacks stays Chinese.
Not here: names of codes (labels.py), numbers and times (text.py).
"""

from contextvars import ContextVar

from dashboards.data_file import read_data

_GROUPS = {"text": "labels.en", "word": "words.en", "data": "data.en"}  # by Chinese words: the group, its file
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


def english_words(group: str) -> dict[str, str]:
    """One group of the English files: `text`, `word` and `data` by Chinese words, every other by code."""
    file = _GROUPS.get(group, "codes.en")
    words: dict[str, str] = read_data(file).get(group, {})
    return words
