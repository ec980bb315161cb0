"""What a record says about a person, made comparable: names, numbers, whose number it is."""
