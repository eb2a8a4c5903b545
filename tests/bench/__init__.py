"""Ratios measured in one run on one machine; `./dev bench [name]`."""
