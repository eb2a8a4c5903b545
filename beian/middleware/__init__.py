"""Middleware: request id, actor, access, repeated posts, session life, caches."""
