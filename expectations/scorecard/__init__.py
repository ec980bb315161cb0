"""The scorecard: how good the data of a source, a feed or table, a committee is. Made of `quality_result` and nothing else."""
