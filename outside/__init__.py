"""The simulated outside world: phones, mailboxes, bureau, ministry, cloud inventory, demo clock.

A process and a database of its own. It shares no code with the product, on purpose: a mistake made
in both places at once would stay invisible.
"""
