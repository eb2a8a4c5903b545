"""Databases of earlier releases, with data in them, taken through every migration since."""
