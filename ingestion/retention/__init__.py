"""How long what has landed is kept: classes of columns and layers as data, what is due, and taking it out of a batch."""
