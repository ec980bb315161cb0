"""Names of codes: Chinese from dashboards/labels.yaml, English from codes.en.yaml. Not here: numbers and times (text.py)."""

from dashboards.data_file import read_data
from dashboards.services.language import english_words, is_english, say, signed


def label(group: str, code: str | None, *, missing: str = "未知") -> str:
    """The name of a code; the code itself when it has none; `missing` when there is no code."""
    return say(missing) if code is None else names_of(group).get(code, code)


def names_of(group: str) -> dict[str, str]:
    """All codes of a group with their names, in the order in which they are shown."""
    names: dict[str, str] = read_data("labels")[group]
    return {code: english_words(group).get(code, name) for code, name in names.items()} if is_english() else names


def dataset_name(dataset: str) -> str:
    """A feed by its source and content, a table by its name, either with the name that the data bears."""
    source, _, entity = dataset.partition(".")
    words = f"{label('source', source)} {label('entity', entity)}" if entity else label("table", dataset)
    return words if words == dataset else signed(f"{words}（{dataset}）")
