"""An installation with real people: what it refuses, how it is watched, backed up and restored."""
