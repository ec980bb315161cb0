"""Label-free scoring of record pairs for any population that is described as data. See docs/decisions/0005-scoring.md."""
