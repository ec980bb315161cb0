"""The append-only identity log, its replay, and what people decided."""
