"""The text of an address made ready for parsing: one form of signs, no telephone numbers, no notes. Not here: its elements."""

import polars as pl

from ingestion.cleaning.reference import reference, words
from ingestion.cleaning.text.tidy import normal

_DASHES = r"\s*(?:[‐‑‒–—―−~]|--+)\s*"
_PHONE = r"(?:(?:联系)?(?:电话|手机)|TEL)[:.]?\s*\d[\d\- ]{5,}\d|(?-u:\b)(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8})(?-u:\b)"
# Two dwellings in one text: neither may be taken for the other, so what they have in common is all that is left.
_AND = r"\s*[、,/;+&\\和及与至到]\s*"
_SEVERAL = (
    (rf"(号|单元|幢|栋|座|楼|层|#|-|门)\d{{3,4}}[室房]?{_AND}\d{{3,4}}[室房]?", "$1"),
    (r"(号|单元|幢|栋|座|楼|层|门)\d{3,4}[室房]?-\d{3,4}(?:[室房]|$)", "$1"),
    (r"\d+号[^、;]*?[、;和及与]\d+号(?:[^楼].*)?$", ""),
    (r"\d+(?:幢|栋|座)[^、;]*?[、;和及与]\d+(?:幢|栋|座).*$", ""),
    (r"\d+[、和及与]\d+(?:号|幢|栋).*$", ""),
    (r"^.*\d(?:号|室|幢|户).*[、;]\p{Han}{2,12}\d+(?:弄|号|幢|栋|-).*$", ""),
)
_SEVERAL_ANY = "|".join(f"(?:{form})" for form, _ in _SEVERAL)
# What reading machines and hurried hands make of digits.
_MISREAD = (
    (r"(\d)[Oo](\d|[弄号室幢栋])", "${1}0$2"),
    (r"(\d)[lI](\d|[弄号室幢栋])", "${1}1$2"),
    (r"([弄号幢栋元])[lI](\d)", "${1}1$2"),
)
_LABEL = (
    r"^(?:现|家庭|户籍|居住|联系|实际|详细)?(?:地址|住址|居住地|住所)[:]?\s*|^(?:现住|现居|户籍)[:]?\s*"
    r"|^\d{6}\s*(\p{Han})|邮编[:]?\d{6}"
)
# A space inside a number, where the sign behind it leaves no other reading.
_SPLIT_NUMBERS = (
    (r"(\d)\s+(\d+)\s+(\d+弄)", "$1$2$3"),
    (r"(\d)\s+(\d+(?:弄|期|区))", "$1$2"),
    (r"([弄路街村道巷]\d+)\s+(\d+)\s+(\d+(?:号|幢|栋|单元))", "$1$2$3"),
    (r"((?:[号幢栋座门]|单元)\d+)\s+(\d+)\s+(\d{1,2}(?:[室房户]|$))", "$1$2$3"),
    (r"(\p{Han}\d+)\s+(\d+(?:幢|栋|座))", "$1$2"),
    (r"([弄路街村道巷]\d+)\s+(\d+(?:号|幢|栋|单元))", "$1$2"),
    (r"([号幢栋座]\d+)\s+(\d{1,2}(?:[室房户]|$))", "$1$2"),
    (r"(单元\d+)\s+(\d+(?:[室房户]|$))", "$1$2"),
)
_PHASE = r"\(([一二三四五六七八九十\d]+期|[A-Z东南西北中一二三四五六七八九十\d]+区)\)"
# Other ways of saying the same, brought to the common one before anything is parsed.
_OTHER_WORDS = (
    (r"(\d)号(?:室|房间?|铺)", "${1}室"),
    (r"(\d)号([甲乙丙丁])(\d)", "${1}${2}号${3}"),
    (r"号之([一二三四五六七八九])", "号之${1}号"),
    (r"\d+-\d+[层楼]", ""),
    (r"村民小组|生产小?队", "组"),
    (r"室室|房室", "室"),
    (r"([A-Z])楼", "${1}座"),
    (r"(路|街|大道)近\p{Han}{1,8}?(?:路|街|大道)", "$1"),
    (r"(路|街|大道)[与和近]\p{Han}{1,8}?(?:路|街|大道)(?:交叉口|交界处?|路?口)?$", "$1"),
)
_SHORTEST_REPEAT = 6


def tidy(text: pl.Expr) -> pl.Expr:
    """Gives the display form: NFKC, upper case, one dash, one kind of bracket, single spaces."""
    plain = normal(text.str.replace_all(r"[\r\n]+", ""))
    for misread, digit in _MISREAD:
        plain = plain.str.replace_all(misread, digit)
    forms = reference("addresses")["traditional"]
    plain = plain.str.to_uppercase().str.replace_many(list(forms), list(forms.values())).str.replace_all(_DASHES, "-")
    return plain.str.replace_all(r"[\[【〔《〈「{]", "(").str.replace_all(r"[\]】〕》〉」}]", ")")


def has_phone(tidied: pl.Expr) -> pl.Expr:
    """Tells whether a telephone number stands in the text."""
    return tidied.str.contains(_PHONE)


def has_several_rooms(tidied: pl.Expr) -> pl.Expr:
    """Tells whether one text names two dwellings (302、303室)."""
    return tidied.str.contains(_SEVERAL_ANY)


def noted_estate(tidied: pl.Expr) -> pl.Expr:
    """Gives an estate's name that stands in brackets; null where brackets hold something else."""
    endings = "|".join(words("addresses", "estate_endings"))
    noted = tidied.str.extract(rf"\(([^()\d]+(?:{endings}|村))\)")
    return pl.when(~noted.str.contains("近|旁|对面|附近|隔壁|后面")).then(noted)


def is_knotty(tidied: pl.Expr) -> pl.Expr:
    """Tells whether more stands in the text than signs of Chinese, digits and letters, or a word that may join two dwellings."""
    return tidied.str.contains(r"[^\p{Han}\dA-Z]|[和及与至到]")


def body(tidied: pl.Expr) -> pl.Expr:
    """Gives the address alone: no telephone numbers, notes, spaces; ``-`` between numbers that only stand apart."""
    parts = "|".join(words("addresses", "parts"))
    bare = _without_repeat(tidied).str.replace_all(_PHONE, " ").str.replace_all(_LABEL, "$1")
    bare = bare.str.replace(*_SEVERAL[0]).str.replace(*_SEVERAL[1])
    bare = bare.str.replace_all(r"(\p{Han})\s+", "$1").str.replace_all(r"\s+([\p{Han}(])", "$1")
    for split, joined in _SPLIT_NUMBERS:
        bare = bare.str.replace_all(split, joined)
    bare = bare.str.replace_all(rf"(\d[室房]?)\(({parts})\)", "$1室$2").str.replace_all(_PHASE, "$1")
    bare = bare.str.replace_all(r"\([^()]*\)?", "")
    for several, common in _SEVERAL[2:]:
        bare = bare.str.replace(several, common)
    bare = bare.str.replace_all(r"(\d)\s+(\d)", "$1-$2").str.replace_all(r"(\d)\s+(\d)", "$1-$2")
    bare = bare.str.replace_all(r"[\s,。;:!?、\"'“”‘’)·]+", "").str.replace_all(r"[./\\_|-]+", "-")
    return _in_common_words(bare).str.strip_chars("-")


def plain_body(tidied: pl.Expr) -> pl.Expr:
    """Gives what `body` gives of a text that is not knotty, sooner."""
    bare = _without_repeat(tidied).str.replace_all(_PHONE, "").str.replace_all(_LABEL, "$1")
    return _in_common_words(bare)


def _in_common_words(text: pl.Expr) -> pl.Expr:
    for other, common in _OTHER_WORDS:
        text = text.str.replace_all(other, common)
    return text


def _without_repeat(text: pl.Expr) -> pl.Expr:
    """Gives a text that was written twice once: what stands before its middle stands behind it."""
    half = text.str.len_chars() // 2
    first = text.str.head(half)
    return pl.when((half >= _SHORTEST_REPEAT) & (first == text.str.tail(half))).then(first).otherwise(text)
