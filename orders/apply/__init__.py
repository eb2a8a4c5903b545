"""What the pages of applying show and take in."""
