"""Planted defects: every kind of dirt that the sources are known for, put into clean feeds, and which rule caught it."""
