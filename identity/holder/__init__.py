"""Of whom a source's key tells: a key that passes to another person brings nothing of the one before along."""
