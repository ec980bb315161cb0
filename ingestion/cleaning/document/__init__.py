"""Identity documents: canonical form, kind, status, and what a number tells about its holder. Not here: who is who (identity)."""
