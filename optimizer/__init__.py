"""From a `Scenario` to an `Allocation`: the problem, rules, goals, engine and checks."""
