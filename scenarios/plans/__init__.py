"""The plan library: one folder per adopted plan, holding its facts, register and scenario."""
