"""What landed messages say of each day: repeats removed, counted per device. Not here: landing them, or what the counts mean."""
