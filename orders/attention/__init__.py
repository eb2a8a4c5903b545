"""What the machine stopped at and a person has to deal with, gathered in one list."""
