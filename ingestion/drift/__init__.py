"""Whether a delivery looks like those before it: volume, columns, keys. Not here: single rows (cleaning), what never enters."""
