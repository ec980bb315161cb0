"""What each department knows of the street: clean records with the person and dwelling they mean."""
