"""Telephone numbers out of free text. Not here: whose number it is (identity)."""
