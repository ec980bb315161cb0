"""What quality remembers from run to run, and what goes out to those who mend. Not here: checks and scores (expectations/)."""
