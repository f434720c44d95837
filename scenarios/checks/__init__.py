"""Checks across plan and question that no single field can make."""
