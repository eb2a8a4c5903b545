"""Journeys in a real browser against the processes that `./dev run` starts."""
