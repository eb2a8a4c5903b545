"""Writes of the verification app, one function per thing that is done."""
