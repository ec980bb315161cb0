"""The encrypted plain values of a person."""
