"""Our scoring beside stock Splink, in the same run, on public data that comes inside wheels, and on the demo's street."""
