"""Who is who as it was last solved, and solving again only what a change can reach."""
