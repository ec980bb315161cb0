"""Taking one person out of landing: the one exception to "landing is never changed" (docs/decisions/0007-erasure.md)."""
