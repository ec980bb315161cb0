"""Returns under the house key: packages sealed on the shelf, made by schedule or when asked for."""
