"""Dated changes since the register's date: read, checked, and applied to the register."""
