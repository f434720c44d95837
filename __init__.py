"""minequota: annual mineral quotas and mining-right issuance from an adopted mineral plan."""

__version__ = "0.1.0"
