"""Pairs that people must decide."""
