"""Writes of the lowest room, one function per thing that is done."""
