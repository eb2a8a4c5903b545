"""Requests made up by chance: every address, method and role, with whatever might be sent along."""
