"""The world outside behind small protocols; the simulated providers come first."""
