"""Pages of the lowest room."""
