"""Each question about Kaizhou is solved once per session, whoever asks."""

import pytest
from kaizhou.desk import Desk, Solved


@pytest.fixture(scope="session")
def kaizhou() -> Desk:
    """Return the desk that solves questions about Kaizhou."""
    return Desk("kaizhou")


@pytest.fixture(scope="session")
def base(kaizhou: Desk) -> Solved:
    """Return Kaizhou 2025 in its base case, the library's own figures."""
    return kaizhou("base")


@pytest.fixture(scope="session")
def calendar(kaizhou: Desk) -> Solved:
    """Return Kaizhou year by year, 2023 to 2025."""
    return kaizhou("calendar")
