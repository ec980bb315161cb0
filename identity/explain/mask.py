"""Plain values made harmless for the screen.

Not here: who may see them unmasked (the command asks for a reason and writes it down).
"""

_FEW = 2  # more stars would tell how long a name is


def mask_name(name: str | None) -> str:
    """`张三丰` as `张**`: the first character and at most two stars; empty for none."""
    return name[0] + "*" * min(len(name) - 1, _FEW) if name else ""


def mask_number(number: str | None) -> str:
    """The first and the last character of a number; empty for none."""
    return f"{number[0]}{'*' * (len(number) - 2)}{number[-1]}" if number and len(number) > _FEW else ""
