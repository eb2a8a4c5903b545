"""The product's own processes, killed outright while notices are on their way."""
