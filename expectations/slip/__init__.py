"""The correction slip: what a department is asked to mend in a week, and how fast it mended. Keys and rules, never values."""
