"""Taking one person out of every layer and version, and proving it."""
