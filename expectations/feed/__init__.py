"""What the rules found in every feed, as checks of the gate: rows that break a rule are counted by dbt, judged here."""
