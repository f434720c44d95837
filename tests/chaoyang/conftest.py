"""Each question about Chaoyang County is solved once per session, whoever asks."""

import pytest
from kaizhou.desk import Desk, Solved


@pytest.fixture(scope="session")
def chaoyang() -> Desk:
    """Return the desk that solves questions about Chaoyang County."""
    return Desk("chaoyang")


@pytest.fixture(scope="session")
def base(chaoyang: Desk) -> Solved:
    """Return Chaoyang County 2025 in its base case, the library's own figures."""
    return chaoyang("base")


@pytest.fixture(scope="session")
def calendar(chaoyang: Desk) -> Solved:
    """Return Chaoyang County year by year, 2023 to 2025."""
    return chaoyang("calendar")
