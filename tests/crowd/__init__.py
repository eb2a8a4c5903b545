"""Many people at work on the same orders at the same moment, and what must be true afterwards."""
