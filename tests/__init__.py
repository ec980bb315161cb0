"""What must hold. `python -m tests.run` runs it."""
