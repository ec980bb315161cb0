"""What goes wrong with a record on its way: kinds of dirt, their rates, and the log of what was soiled."""
