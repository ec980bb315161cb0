"""What all kinds of text share: tidying, null markers, Chinese numerals. Not here: anything about one kind of value."""
