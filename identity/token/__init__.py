"""Keyed tokens of numbers and phones."""
