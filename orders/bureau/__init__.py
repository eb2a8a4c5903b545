"""The line to the bureau behind a small port."""
