"""What happens on the street after its first day, and which records of which source it changes."""
