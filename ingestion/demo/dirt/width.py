"""Full-width forms of Latin letters and digits, as some input methods type them."""

FULL = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


def full_width(value: str) -> str:
    """The text with every ASCII sign in its full-width form."""
    return value.translate(FULL)
