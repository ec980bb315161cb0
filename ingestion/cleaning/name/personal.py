"""Personal names out of text: what is shown, what is compared, what is no name. Not here: who bears it (identity)."""

import polars as pl

from ingestion.cleaning.distinct import by_distinct
from ingestion.cleaning.reference import words
from ingestion.cleaning.text.tidy import normal, visible

# All signs that feeds write for the one interpunct of minority names, U+00B7.
_INTERPUNCTS = r"[\x{2022}\x{2027}\x{30FB}\x{FF65}\x{2219}\x{22C5}\x{FF0E}\x{25CF}\x{1427}\x{0387}]"
_HAN_DOT = r"(\p{Han})\s*[.丶、`']\s*(\p{Han})"
_NOTE = r"[(\[【〔（][^()\[\]【】〔〕（）+＋]*[)\]】〕）]"
_PICTURE = r"[(（\[][^()（）]*[+＋][^()（）]*[)）\]]"
_UNREADABLE = r"[?？〓□■◇\x{FFFD}\x{E000}-\x{F8FF}\x{F0000}-\x{FFFFD}]"
_MIXED = r"\p{Han}[A-Z]{2,}|[A-Z]{2,}\p{Han}"
_SEPARATORS = r"[\s·.,'’\-]"
_HIDDEN = r"[*＊]|某|^\p{Han}[XO0]{1,3}$"
_SEVERAL = r"^\p{Han}{2,4}(?:[,;/，；]|和|及|与)\p{Han}{2,4}$|^\p{Han}{2,4}[、]\p{Han}{2,3}[、]"


def read_names(text: pl.Series) -> pl.DataFrame:
    """Reads names.

    Args:
        text: One name per row, as typed.

    Returns:
        `name` (display form: as written, with one interpunct and without padding; null for nothing), `name_key` (NFKC, without
        separators, upper case, ``?`` where a character was lost; null for what is no full name), and Booleans `is_placeholder`,
        `is_title_only`, `is_hidden`, `is_several`, `is_rare`, `is_organisation`.
    """
    return by_distinct(text, _read)


def _read(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Reads each different name."""
    shown = frame.with_columns(name=_shown(pl.col("text")))
    plain = normal(pl.col("name").str.replace_all(_PICTURE, "?")).str.to_uppercase()
    keyed = shown.with_columns(plain=plain).with_columns(key=pl.col("plain").str.replace_all(_SEPARATORS, ""))
    judged = keyed.with_columns(
        is_placeholder=pl.col("name").is_not_null() & _is_placeholder(),
        is_title_only=pl.col("key").str.contains(_title_only()),
        is_hidden=pl.col("key").str.contains(_HIDDEN),
        is_several=pl.col("plain").str.contains(_SEVERAL),
        is_rare=pl.col("plain").str.contains(_UNREADABLE) | pl.col("key").str.contains(_MIXED),
        is_organisation=pl.col("key").str.contains("|".join(words("names", "organisations")))
        & (pl.col("key").str.len_chars() > 3),  # noqa: PLR2004 - told in names.yaml
    )
    flags = [
        pl.col(name).fill_null(value=False)
        for name in ("is_placeholder", "is_title_only", "is_hidden", "is_several", "is_rare", "is_organisation")
    ]
    is_no_name = pl.any_horizontal("is_placeholder", "is_title_only", "is_hidden", "is_several") & ~pl.col("is_organisation")
    key = pl.col("key").str.replace_all(_UNREADABLE, "?")
    usable = pl.when(~is_no_name.fill_null(value=False) & (key.str.len_chars() > 0)).then(key)
    return judged.select("text", "name", usable.alias("name_key"), *flags)


def _shown(text: pl.Expr) -> pl.Expr:
    """Makes the display form: characters as written, one interpunct, no padding, no notes in brackets, no numbers behind."""
    name = visible(text).str.replace_all(_INTERPUNCTS, "·").str.replace_all(_NOTE, "")
    name = name.str.replace_all(_HAN_DOT, "${1}·${2}").str.replace_all(r"\s*·\s*", "·").str.replace_all(r"\s+", " ")
    name = name.str.replace_all(r"([\p{Han}〓?？□])\s+", "$1").str.replace_all(r"\s+(\p{Han})", "$1")
    name = name.str.replace(r"^(.*\p{Han})[\d０-９\-]+$", "$1")
    name = name.str.replace("^(\\p{Han}{2,})(?:" + "|".join(words("names", "cut_titles")) + ")$", "$1")
    kept = pl.when(
        name.str.contains("^(?:" + "|".join(words("names", "compound_surnames")) + ")$")
        & text.str.contains("先生|女士|小姐|同志")
    )
    shown = kept.then(visible(text)).otherwise(name.str.strip_chars(" ·,，;；/、"))
    return pl.when(shown.str.len_chars() > 0).then(shown)


def _is_placeholder() -> pl.Expr:
    """Tells whether the key is a word for "nobody known", or holds no letter at all."""
    listed = pl.col("key").is_in([word.upper() for word in (*words("names", "placeholders"), *words("text", "null_markers"))])
    has_letter = pl.col("key").str.contains(r"[\p{L}\x{E000}-\x{F8FF}〓□?]")
    return listed | ~has_letter


def _title_only() -> str:
    """Gives the expression of a surname with a title, or a familiar 老王, 小李."""
    surname = r"(?:\p{Han}|" + "|".join(words("names", "compound_surnames")) + ")"
    return rf"^{surname}(?:{'|'.join(words('names', 'titles'))})$|^[老小阿]\p{{Han}}$"
