"""YAML documents: read with a place for every value, validated, overridden, written again."""
