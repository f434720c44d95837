"""From a `Scenario` to an `Allocation`: the problem, its rules and goals, the engine, the checks."""
