"""What was known on an earlier date: a run for that date is made from it again, and shows what was published then."""
