"""What a year's output and events make of a register."""
