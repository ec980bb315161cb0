"""The one run from records and places to identifiers."""
