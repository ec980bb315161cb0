"""Takes out of delivered bytes what never enters, before anything is kept. Not here: which names those are (contracts)."""
