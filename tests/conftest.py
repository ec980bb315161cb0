"""What holds for every test.

How long an example takes decides nothing, since machines are shared and first calls compile. The fast suite does not import
what it would not run: a module that is slow as a whole brings Streamlit, SciPy or dbt along.
Not here: the limit of a whole test (pyproject.toml), fixtures (each folder has its own).
"""

from pathlib import Path

import pytest
from hypothesis import settings

SLOW_AS_A_WHOLE = "\npytestmark = pytest.mark.slow"

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """True leaves a module out; None leaves the decision to others."""
    is_left_out = (
        config.getoption("markexpr") == "not slow"
        and collection_path.suffix == ".py"
        and SLOW_AS_A_WHOLE in collection_path.read_text(encoding="utf-8")
    )
    return is_left_out or None
