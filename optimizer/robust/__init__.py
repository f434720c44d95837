"""One set of rights for several futures: decided now, while quotas follow once demand is known."""
