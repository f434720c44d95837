"""The seeded generator of a library plan's synthetic register."""
