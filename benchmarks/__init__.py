"""Measurements, as figures and as ratios within one run. Not tests: machines differ."""
