"""One set of rights for several futures: decided now, with each future's quotas to follow."""
