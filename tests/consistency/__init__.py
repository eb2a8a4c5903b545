"""The repository checks itself: cheap tests over its own sources."""
