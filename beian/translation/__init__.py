"""Texts: Chinese in code and templates, English in one catalogue, no gettext programs."""
