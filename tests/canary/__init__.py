"""Personal data is typed in like canaries let into a mine; then everything kept is searched."""
