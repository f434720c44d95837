"""From an `Allocation` to the tables, and from the tables to files and the terminal."""
