"""Options and fixtures that all tests share."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", choices=["compare", "write"], default="compare", help="write: rewrite golden files")


def pytest_configure() -> None:
    # SDK records of whoever runs the tests must not get into their results.
    os.environ["XDG_DATA_HOME"] = os.devnull


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the golden file of that name; ``pytest --golden=write`` rewrites the file instead."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--golden") == "write":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="\n")
            return
        assert path.is_file(), f"{path} is missing; write it with pytest --golden=write"
        assert text == path.read_text("utf-8"), f"differs from {path}; see --golden=write"

    return compare
