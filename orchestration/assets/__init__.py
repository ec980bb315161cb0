"""One file per stage of the way: what Dagster calls, with no rule of its own."""
