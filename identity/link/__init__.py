"""Candidate pairs, and how much their agreement weighs."""
