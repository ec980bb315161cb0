"""Connected records, checked as a whole, and cut where they contradict themselves."""
