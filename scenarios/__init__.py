"""From files to one checked, frozen `Scenario`."""
