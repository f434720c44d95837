"""A sweep as the user runs it: its cases, its chunks, its workers, its table."""
