"""From a settled solution to the flat records of an `Allocation`, one file per kind."""
