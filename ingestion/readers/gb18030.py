"""Text out of bytes that should be GB18030-2022 but may be UTF-8. Not here: rows and fields (csv_text)."""

# Python's codec still has the mapping of 2000 for these codes; the standard of 2022 moved them out of the private-use area
# (code, what Python gives, what it is now; A3A0 is the full-width space as other decoders have it).
MOVED = {
    "\ue81e": "\u9fb4", "\ue826": "\u9fb5", "\ue82b": "\u9fb6", "\ue82c": "\u9fb7", "\ue832": "\u9fb8", "\ue843": "\u9fb9",
    "\ue854": "\u9fba", "\ue864": "\u9fbb", "\ue78d": "\ufe10", "\ue78e": "\ufe12", "\ue78f": "\ufe11", "\ue790": "\ufe13",
    "\ue791": "\ufe14", "\ue792": "\ufe15", "\ue793": "\ufe16", "\ue794": "\ufe17", "\ue795": "\ufe18", "\ue796": "\ufe19",
    "\ue7c7": "\u1e3f", "\ue5e5": "\u3000",
}  # fmt: skip
BOM_UTF8 = b"\xef\xbb\xbf"
BOM_GB18030 = b"\x84\x31\x95\x33"


def decode(data: bytes, encoding: str) -> str:
    """The text, a byte order mark cut off; bytes that are no text come back as lone surrogates (U+DC80 to U+DCFF).

    The contract's encoding holds unless a byte order mark or the bytes themselves say UTF-8.
    """
    if data.startswith(BOM_UTF8):
        return data[len(BOM_UTF8) :].decode("utf-8", errors="surrogateescape")
    if data.startswith(BOM_GB18030):
        data, encoding = data[len(BOM_GB18030) :], "gb18030"
    if encoding == "utf-8" or _is_chinese_utf8(data):
        return data.decode("utf-8", errors="surrogateescape")
    return _moved(data.decode(encoding, errors="surrogateescape"))


def encode(text: str) -> bytes:
    """GB18030-2022 bytes: the opposite of `decode`, for the codes that moved as well."""
    for old, new in MOVED.items():
        if new in text and new != "\u3000":  # the full-width space has a code of its own
            text = text.replace(new, old)
    return text.encode("gb18030")


def _moved(text: str) -> str:
    for old, new in MOVED.items():
        if old in text:
            text = text.replace(old, new)
    return text


def _is_chinese_utf8(data: bytes) -> bool:
    """Valid UTF-8 with more characters of three bytes than of two: GB18030 that is valid UTF-8 by chance has only twos."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    sample = text[:100_000]
    threes = sum(character >= "\u0800" for character in sample)
    return threes > sum("\x7f" < character < "\u0800" for character in sample)
