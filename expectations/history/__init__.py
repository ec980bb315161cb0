"""Checks against the last published version."""
