"""The register of rights: bureaus' tables in, `Right` objects out, and back."""
