"""GB18030-2022 bytes: Python's codec still has the mapping of 2000 for twenty codes."""

# Characters of 2022 first, then the private-use ones that Python writes as the same two bytes (FE59 … A6F3, A8BC).
MOVED = dict(
    zip(
        "\u9fb4\u9fb5\u9fb6\u9fb7\u9fb8\u9fb9\u9fba\u9fbb\ufe10\ufe12\ufe11\ufe13\ufe14\ufe15\ufe16\ufe17\ufe18\ufe19\u1e3f",
        "\ue81e\ue826\ue82b\ue82c\ue832\ue843\ue854\ue864\ue78d\ue78e\ue78f\ue790\ue791\ue792\ue793\ue794\ue795\ue796\ue7c7",
        strict=True,
    )
)


def encode(text: str) -> bytes:
    """The text in GB18030 as the standard of 2022 maps it."""
    for now, then in MOVED.items():
        if now in text:
            text = text.replace(now, then)
    return text.encode("gb18030")
