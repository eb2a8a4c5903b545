"""Encryption at rest: master keys outside the database, a data key per order or person, digests."""
