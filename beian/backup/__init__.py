"""A copy of the database that a file holds, and the way back."""
