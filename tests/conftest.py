"""What holds for every test: how long an example takes decides nothing, since machines are shared and first calls compile.

Not here: the limit of a whole test (pyproject.toml), fixtures (each folder has its own).
"""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
